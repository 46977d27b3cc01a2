package io.millrace.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** A server on a log in memory, and a client that speaks plain HTTP with it. */
final class TestServer implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    /** An answer: its status and its body. */
    record Answer(int status, String body) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + body, e);
            }
        }

        /** The status and the error code, or the status and the body when it is no error. */
        String brief() {
            return status >= 400 ? status + " " + json().path("error_code").asInt() : status + " " + body;
        }
    }

    private final HttpClient client = HttpClient.newHttpClient();
    private final SchemaRegistryServer server;

    TestServer(SchemaLog log) {
        server = SchemaRegistryServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), log);
    }

    URI url() {
        return server.url();
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    Answer register(String subject, String schema) {
        return post("/subjects/" + subject + "/versions", body(schema));
    }

    static String body(String schema) {
        return JSON.createObjectNode().put("schema", schema).toString();
    }

    /** A body with references, each as {@code name subject version}. */
    static String body(String schema, String... references) {
        ObjectNode json = JSON.createObjectNode().put("schema", schema);
        for (String reference : references) {
            String[] parts = reference.split(" ");
            json.withArray("references")
                    .addObject()
                    .put("name", parts[0])
                    .put("subject", parts[1])
                    .put("version", Integer.parseInt(parts[2]));
        }
        return json.toString();
    }

    HttpResponse<String> raw(String method, String path, @Nullable String body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body))
                    .header("Content-Type", HttpFrontend.MEDIA_TYPE)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private Answer send(String method, String path, @Nullable String body) {
        HttpResponse<String> response = raw(method, path, body);
        return new Answer(response.statusCode(), response.body());
    }

    @Override
    public void close() {
        server.close();
    }
}
