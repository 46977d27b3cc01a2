package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class HttpSchemaRegistryClientTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("a.Row").fields().requiredInt("n").endRecord();

    private record Answer(int status, String body) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private HttpServer server;

    @BeforeEach
    void startServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            Answer answer = answers.isEmpty() ? new Answer(500, "{}") : answers.remove();
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stopServer() {
        server.stop(0);
    }

    @Test
    void shouldRegisterOnceAndRememberTheId() {
        answers.add(new Answer(200, "{\"id\": 7}"));
        try (SchemaRegistryClient client = client(Map.of())) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
        assertThat(requests).containsExactly("POST /subjects/t-value/versions");
    }

    @Test
    void shouldOnlyLookUpWhenItMayNotRegister() {
        answers.add(new Answer(200, "{\"id\": 7}"));
        try (SchemaRegistryClient client = client(Map.of("auto.register.schemas", "false"))) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
        assertThat(requests).containsExactly("POST /subjects/t-value");
    }

    @Test
    void shouldTryAgainWhenTheRegistryHasNoLeader() {
        answers.add(new Answer(503, "{\"error_code\": 50003, \"message\": \"no leader\"}"));
        answers.add(new Answer(200, "{\"id\": 7}"));
        try (SchemaRegistryClient client = client(Map.of())) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
    }

    @Test
    void shouldFailOverToTheNextUrl() {
        answers.add(new Answer(200, "{\"id\": 7}"));
        try (SchemaRegistryClient client = client(Map.of("schema.registry.url", "http://127.0.0.1:1," + url()))) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
    }

    @Test
    void shouldSayWhatTheRegistryRefused() {
        answers.add(new Answer(409, "{\"error_code\": 409, \"message\": \"incompatible\"}"));
        try (SchemaRegistryClient client = client(Map.of())) {
            RegistryException refused =
                    catchThrowableOfType(RegistryException.class, () -> client.register("t-value", SCHEMA));
            assertThat(refused.errorCode()).isEqualTo(409);
            assertThat(refused.isTransient()).isFalse();
            assertThat(refused).hasMessageContaining("incompatible");
        }
    }

    @Test
    void shouldResolveReferences() {
        answers.add(new Answer(
                200,
                "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Outer\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"row\\\",\\\"type\\\":\\\"a.Row\\\"}]}\","
                        + "\"references\": [{\"name\": \"a.Row\", \"subject\": \"row\", \"version\": 1}]}"));
        answers.add(new Answer(200, "{\"schema\": \"" + SCHEMA.toString().replace("\"", "\\\"") + "\"}"));
        try (SchemaRegistryClient client = client(Map.of())) {
            assertThat(client.schemaOf(3).getField("row").schema()).isEqualTo(SCHEMA);
        }
        assertThat(requests).containsExactly("GET /schemas/ids/3", "GET /subjects/row/versions/1");
    }

    @Test
    void shouldTakeAnUnknownSubjectForOneWithoutVersions() {
        answers.add(new Answer(404, "{\"error_code\": 40401, \"message\": \"Subject not found\"}"));
        try (SchemaRegistryClient client = client(Map.of())) {
            assertThat(client.latest("t-value")).isEmpty();
        }
    }

    @Test
    void shouldSendCredentials() {
        answers.add(new Answer(200, "{\"id\": 7}"));
        answers.add(new Answer(200, "{\"id\": 7}"));
        try (SchemaRegistryClient client =
                client(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "etl:secret"))) {
            client.register("t-value", SCHEMA);
        }
        try (SchemaRegistryClient client = client(Map.of("bearer.auth.token", "abc"))) {
            client.register("t-value", SCHEMA);
        }
        assertThat(authorizations).containsExactly("Basic ZXRsOnNlY3JldA==", "Bearer abc");
    }

    @Test
    void shouldShareAMockRegistryByItsScope() {
        try (SchemaRegistryClient one = client(Map.of("schema.registry.url", "mock://shared"));
                SchemaRegistryClient other = client(Map.of("schema.registry.url", "mock://shared"))) {
            assertThat(other.schemaOf(one.register("s", SCHEMA))).isEqualTo(SCHEMA);
        }
    }

    private SchemaRegistryClient client(Map<String, String> config) {
        Map<String, Object> all = new HashMap<>();
        all.put("schema.registry.url", url());
        all.put("retries.wait.ms", "1");
        all.putAll(config);
        return SchemaRegistryClients.from(all);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }
}
