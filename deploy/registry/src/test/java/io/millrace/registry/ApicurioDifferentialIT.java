package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sends the same requests to this registry and to Apicurio, which implements the same API independently. */
final class ApicurioDifferentialIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable ApicurioProcess apicurio;

    @BeforeAll
    static void startApicurio() throws IOException, InterruptedException {
        Optional<Path> java = ApicurioProcess.newJava();
        assumeTrue(java.isPresent(), "Apicurio needs Java 21 or newer, and there is none on this machine");
        apicurio = ApicurioProcess.start(java.get(), Path.of(System.getProperty("apicurio.directory")));
    }

    @AfterAll
    static void stopApicurio() {
        if (apicurio != null) {
            apicurio.close();
        }
    }

    /** A registry, and the order in which its ids were first seen, since only that can be compared. */
    private static final class Side {

        private final URI url;
        private final HttpClient client = HttpClient.newHttpClient();
        private final Map<Integer, Integer> ids = new HashMap<>();

        Side(URI url) {
            this.url = url;
        }

        /** The status and what is essential of the answer. */
        String answer(String method, String requested, String body) throws IOException, InterruptedException {
            String path = requested;
            for (Map.Entry<Integer, Integer> id : ids.entrySet()) {
                path = path.replace("#" + id.getValue() + "#", id.getKey().toString());
            }
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .header("Content-Type", HttpFrontend.MEDIA_TYPE)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 400) {
                return response.statusCode() + " " + errorCode(response.body());
            }
            return response.statusCode() + " "
                    + essence(JSON.readTree(response.body()), path.endsWith("/referencedby"));
        }

        private static String errorCode(String body) {
            try {
                return JSON.readTree(body).path("error_code").asText("-");
            } catch (IOException e) {
                return "-";
            }
        }

        private String essence(JsonNode answer, boolean isId) {
            if (answer.isArray()) {
                List<String> elements = new ArrayList<>();
                answer.forEach(element -> elements.add(essence(element, isId)));
                return elements.toString();
            }
            if (!answer.isObject()) {
                return isId ? "id " + ordinal(answer.asInt()) : answer.toString();
            }
            Map<String, Object> fields = new TreeMap<>();
            answer.properties().forEach(field -> {
                switch (field.getKey()) {
                    case "id" -> fields.put("id", ordinal(field.getValue().asInt()));
                    case "schema" ->
                        fields.put("schema", normal(field.getValue().asText()));
                    case "subject",
                            "version",
                            "references",
                            "is_compatible",
                            "compatibilityLevel",
                            "mode",
                            "compatibility" -> fields.put(field.getKey(), field.getValue());
                    default -> {}
                }
            });
            return fields.toString();
        }

        private int ordinal(int id) {
            return ids.computeIfAbsent(id, unknown -> ids.size() + 1);
        }

        private static String normal(String schema) {
            try {
                return new Schema.Parser().parse(schema).toString();
            } catch (RuntimeException e) {
                // With references it cannot be parsed alone.
                return schema;
            }
        }
    }

    @Test
    void shouldAnswerAsApicurioDoesOrDifferForAReason() throws IOException, InterruptedException {
        List<String> differences = new ArrayList<>();
        int same = 0;
        try (TestServer server = new TestServer(new InMemorySchemaLog())) {
            Side ours = new Side(server.url());
            Side theirs = new Side(apicurio.url());
            for (DifferentialRequests.Request request : DifferentialRequests.all()) {
                String our = ours.answer(request.method(), request.path(), request.body());
                String their = theirs.answer(request.method(), request.path(), request.body());
                DifferentialRequests.Difference known = request.difference();
                boolean expected = known == null ? our.equals(their) : our.equals(known.ours()) && !our.equals(their);
                if (!expected) {
                    differences.add(request + "\n  ours:   " + our + "\n  theirs: " + their);
                } else if (known == null) {
                    same++;
                }
            }
        }
        assertThat(differences).as("differences that are not known").isEmpty();
        assertThat(same).as("requests that were answered alike").isGreaterThan(1500);
    }

    @Test
    void shouldServeTheClientThatMillraceUses() throws IOException, InterruptedException {
        Side theirs = new Side(apicurio.url());
        assertThat(theirs.answer("PUT", "/config", "{\"compatibility\":\"BACKWARD\"}"))
                .startsWith("200");
        MillraceClientContract.verify(apicurio.url().toString());
        assertThat(theirs.answer("DELETE", "/subjects/rows-value", "")).startsWith("200");
        assertThat(theirs.answer("DELETE", "/subjects/rows-value?permanent=true", ""))
                .startsWith("200");
    }
}
