package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HttpSchemaRegistryClientTest {

    private static final Schema SCHEMA =
            SchemaBuilder.record("a.Row").fields().requiredInt("n").endRecord();

    private final AnsweringServer server = new AnsweringServer();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void shouldRegisterOnceAndRememberTheId() {
        server.answer(200, "{\"id\": 7}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
        assertThat(server.requests).containsExactly("POST /subjects/t-value/versions");
    }

    @Test
    void shouldOnlyLookUpWhenItMayNotRegister() {
        server.answer(200, "{\"id\": 7}");
        try (SchemaRegistryClient client = server.client(Map.of("auto.register.schemas", "false"))) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
        assertThat(server.requests).containsExactly("POST /subjects/t-value");
    }

    @Test
    void shouldTryAgainWhenTheRegistryHasNoLeader() {
        server.answer(503, "{\"error_code\": 50003, \"message\": \"no leader\"}");
        server.answer(200, "{\"id\": 7}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
    }

    @Test
    void shouldFailOverToTheNextUrl() {
        server.answer(200, "{\"id\": 7}");
        try (SchemaRegistryClient client =
                server.client(Map.of("schema.registry.url", "http://127.0.0.1:1," + server.url()))) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
    }

    @Test
    void shouldSayWhatTheRegistryRefused() {
        server.answer(409, "{\"error_code\": 409, \"message\": \"incompatible\"}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            RegistryException refused =
                    catchThrowableOfType(RegistryException.class, () -> client.register("t-value", SCHEMA));
            assertThat(refused.errorCode()).isEqualTo(409);
            assertThat(refused.isTransient()).isFalse();
            assertThat(refused).hasMessageContaining("incompatible");
        }
    }

    @Test
    void shouldResolveReferences() {
        server.answer(
                200,
                "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Outer\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"row\\\",\\\"type\\\":\\\"a.Row\\\"}]}\","
                        + "\"references\": [{\"name\": \"a.Row\", \"subject\": \"row\", \"version\": 1}]}");
        server.answer(200, "{\"schema\": \"" + SCHEMA.toString().replace("\"", "\\\"") + "\"}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThat(client.schemaOf(3).getField("row").schema()).isEqualTo(SCHEMA);
        }
        assertThat(server.requests).containsExactly("GET /schemas/ids/3", "GET /subjects/row/versions/1");
    }

    @Test
    void shouldTakeAnUnknownSubjectForOneWithoutVersions() {
        server.answer(404, "{\"error_code\": 40401, \"message\": \"Subject not found\"}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThat(client.latest("t-value")).isEmpty();
        }
    }

    @Test
    void shouldSendCredentials() {
        server.answer(200, "{\"id\": 7}");
        server.answer(200, "{\"id\": 7}");
        try (SchemaRegistryClient client = server.client(
                Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "etl:secret"))) {
            client.register("t-value", SCHEMA);
        }
        try (SchemaRegistryClient client = server.client(Map.of("bearer.auth.token", "abc"))) {
            client.register("t-value", SCHEMA);
        }
        assertThat(server.authorizations).containsExactly("Basic ZXRsOnNlY3JldA==", "Bearer abc");
    }

    @Test
    void shouldShareAMockRegistryByItsScope() {
        try (SchemaRegistryClient one = server.client(Map.of("schema.registry.url", "mock://shared"));
                SchemaRegistryClient other = server.client(Map.of("schema.registry.url", "mock://shared"))) {
            assertThat(other.schemaOf(one.register("s", SCHEMA))).isEqualTo(SCHEMA);
        }
    }
}
