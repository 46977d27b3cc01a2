package io.millrace.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Wrong configurations and odd answers. */
final class RegistryFaultsTest {

    private static final Schema SCHEMA = Schema.create(Schema.Type.STRING);

    private final AnsweringServer server = new AnsweringServer();

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void shouldRefuseAUrlWithoutAScheme() {
        for (String url : new String[] {"localhost:8081", "http://ok:1,localhost", ""}) {
            assertThatThrownBy(() -> server.client(Map.of("schema.registry.url", url)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("schema.registry.url");
        }
    }

    @Test
    void shouldSayWhichCredentialsAreMissing() {
        assertThatThrownBy(() -> server.client(Map.of("basic.auth.credentials.source", "USER_INFO")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info");
        assertThatThrownBy(() -> server.client(Map.of("basic.auth.credentials.source", "SASL_INHERIT")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sasl.jaas.config");
    }

    @Test
    void shouldLogInAsTheKafkaClientWhenTold() {
        server.answer(200, "{\"id\": 7}");
        Map<String, String> config = Map.of(
                "basic.auth.credentials.source",
                "SASL_INHERIT",
                "sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"etl\" password=\"secret\";");
        try (SchemaRegistryClient client = server.client(config)) {
            client.register("t-value", SCHEMA);
        }
        assertThat(server.authorizations).containsExactly("Basic ZXRsOnNlY3JldA==");
    }

    @Test
    void shouldTakeCredentialsFromTheUrlAndKeepThemOutOfMessages() {
        server.answer(401, "{\"error_code\": 40101, \"message\": \"who?\"}");
        try (SchemaRegistryClient client =
                server.client(Map.of("schema.registry.url", "http://etl:s%40cret@" + server.address()))) {
            RegistryException refused =
                    catchThrowableOfType(RegistryException.class, () -> client.register("t-value", SCHEMA));
            assertThat(refused).hasMessageContaining("who?").hasMessageNotContaining("cret");
            assertThat(refused.isAccessDenied()).isTrue();
            assertThat(refused.isTransient()).isFalse();
        }
        assertThat(server.authorizations).containsExactly("Basic ZXRsOnNAY3JldA==");
    }

    @Test
    void shouldKnowAccessDeniedWithoutJson() {
        server.answer(403, "<html>no</html>");
        assertThat(refusal().isAccessDenied()).isTrue();
    }

    @Test
    void shouldTryAgainWhenAProxyFindsNoServer() {
        server.answer(503, "<html>no server</html>");
        server.answer(200, "{\"id\": 7}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThat(client.register("t-value", SCHEMA)).isEqualTo(7);
        }
    }

    @Test
    void shouldRefuseAnswersThatAreNoRegistrys() {
        server.answer(200, "<html>welcome</html>");
        assertThat(refusal()).hasMessageContaining("is it a Schema Registry?");
        server.answer(200, "{\"hello\": \"world\"}");
        assertThat(refusal()).hasMessageContaining("no number 'id'");
        server.answer(200, "");
        assertThat(refusal()).hasMessageContaining("no number 'id'");
    }

    @Test
    void shouldRefuseSchemasThatAreNotAvro() {
        server.answer(200, "{\"schemaType\": \"JSON\", \"schema\": \"{}\"}");
        server.answer(200, "{\"schema\": \"{}\"}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThatThrownBy(() -> client.schemaOf(3))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("with id 3 is JSON, not AVRO");
            assertThatThrownBy(() -> client.schemaOf(4))
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("with id 4");
        }
    }

    @Test
    void shouldReadSchemasWithDefaultsThatDoNotFit() {
        server.answer(
                200,
                "{\"schema\": \"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"R\\\",\\\"fields\\\":"
                        + "[{\\\"name\\\":\\\"n\\\",\\\"type\\\":\\\"int\\\",\\\"default\\\":null}]}\"}");
        try (SchemaRegistryClient client = server.client(Map.of())) {
            assertThat(client.schemaOf(3).getField("n")).isNotNull();
        }
    }

    private RegistryException refusal() {
        try (SchemaRegistryClient client = server.client(Map.of())) {
            return catchThrowableOfType(RegistryException.class, () -> client.register("t-value", SCHEMA));
        }
    }
}
