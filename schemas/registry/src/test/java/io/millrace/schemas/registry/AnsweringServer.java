package io.millrace.schemas.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A registry that gives the answers it was told, in turn, and remembers what it was asked; then 500. */
final class AnsweringServer implements AutoCloseable {

    private record Answer(int status, String body) {}

    final List<String> requests = new ArrayList<>();
    final List<String> authorizations = new ArrayList<>();
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final HttpServer server;

    AnsweringServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer answer = answers.isEmpty() ? new Answer(500, "{}") : answers.remove();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    void answer(int status, String body) {
        answers.add(new Answer(status, body));
    }

    /** A client of this server with this configuration, its URL and waits filled in. */
    SchemaRegistryClient client(Map<String, String> config) {
        Map<String, Object> all = new HashMap<>();
        all.put("schema.registry.url", url());
        all.put("retries.wait.ms", "1");
        all.putAll(config);
        return SchemaRegistryClients.from(all);
    }

    String url() {
        return "http://" + address();
    }

    /** Host and port. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
