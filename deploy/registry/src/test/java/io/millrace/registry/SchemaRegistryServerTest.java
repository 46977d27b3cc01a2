package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.registry.SchemaRegistryServer.Settings;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SchemaRegistryServerTest {

    private static final InetSocketAddress ANY_PORT = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @Test
    void shouldSayThatAPortIsTaken() {
        try (TestServer first = new TestServer(new InMemorySchemaLog())) {
            InetSocketAddress taken = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), first.url().getPort());
            Settings settings =
                    new Settings(taken, Map.of("bootstrap.servers", "127.0.0.1:1"), SchemaRegistryServer.DEFAULT_TOPIC);
            assertThatThrownBy(() -> SchemaRegistryServer.start(settings))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasCauseInstanceOf(BindException.class)
                    .hasMessageContaining(":" + taken.getPort())
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void shouldRefuseSettingsThatCannotWork() {
        assertThatThrownBy(() -> new Settings(ANY_PORT, Map.of(), "_schemas"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("bootstrap.servers");
        assertThatThrownBy(() -> new Settings(ANY_PORT, Map.of("bootstrap.servers", "h:1"), " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Settings(
                        InetSocketAddress.createUnresolved("nowhere", 0), Map.of("bootstrap.servers", "h:1"), "t"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldNameAnAddressThatClientsReach() {
        try (SchemaRegistryServer server =
                SchemaRegistryServer.start(new InetSocketAddress(0), new InMemorySchemaLog())) {
            assertThat(server.url().getHost())
                    .isEqualTo(InetAddress.getLoopbackAddress().getHostAddress());
            assertThat(server.url().getPort()).isPositive();
        }
    }

    @Test
    void shouldAnswerAsHttpWants() {
        try (TestServer server = new TestServer(new InMemorySchemaLog())) {
            HttpResponse<String> root = server.raw("GET", "/", null);
            assertThat(root.body()).isEqualTo("{}");
            assertThat(root.headers().firstValue("Content-Type")).contains("application/vnd.schemaregistry.v1+json");
            assertThat(server.raw("HEAD", "/subjects", null).statusCode()).isEqualTo(200);
            assertThat(server.put("/subjects", "{}").brief()).isEqualTo("405 405");
            assertThat(server.get("/nothing").brief()).isEqualTo("404 404");
            assertThat(server.post("/subjects/a", "x".repeat((16 << 20) + 1)).brief())
                    .isEqualTo("413 413");
        }
    }

    @Test
    void shouldBeWhatItWasAfterARestart() {
        InMemorySchemaLog log = new InMemorySchemaLog();
        String schemas;
        try (TestServer server = new TestServer(log)) {
            server.put("/config", "{\"compatibility\":\"NONE\"}");
            server.register("a", "\"int\"");
            server.register("a", "\"string\"");
            server.register("b", "\"int\"");
            server.delete("/subjects/a/versions/1");
            server.delete("/subjects/b");
            schemas = server.get("/schemas?deleted=true").body();
        }
        try (TestServer server = new TestServer(log)) {
            assertThat(server.get("/schemas?deleted=true").body()).isEqualTo(schemas);
            assertThat(server.get("/subjects").body()).isEqualTo("[\"a\"]");
            assertThat(server.get("/config").body()).contains("NONE");
            assertThat(server.register("c", "\"long\"").brief()).isEqualTo("200 {\"id\":3}");
        }
    }

    @Test
    void shouldSayThatTheLogFailsAndGoOnAfterwards() {
        InMemorySchemaLog log = new InMemorySchemaLog();
        try (TestServer server = new TestServer(log)) {
            log.failFromNowOn(SchemaLogException.Kind.FAILED);
            assertThat(server.register("a", "\"int\"").brief()).isEqualTo("500 50001");
            log.failFromNowOn(SchemaLogException.Kind.TIMED_OUT);
            assertThat(server.register("a", "\"int\"").brief()).isEqualTo("500 50002");
            log.failFromNowOn(SchemaLogException.Kind.TOO_LARGE);
            assertThat(server.register("a", "\"int\"").brief()).isEqualTo("422 42209");
            assertThat(server.get("/subjects").body()).isEqualTo("[]");
            log.failFromNowOn(null);
            assertThat(server.register("a", "\"int\"").brief()).isEqualTo("200 {\"id\":1}");
            assertThat(log.syncs()).isEqualTo(4);
        }
    }

    @Test
    void shouldKeepWhatAnotherRegistryWrote() {
        InMemorySchemaLog log = new InMemorySchemaLog()
                .with("{\"keytype\":\"CONFIG\",\"magic\":0}", "{\"compatibilityLevel\":\"NONE\",\"alias\":\"x\"}")
                .with(
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"p\",\"version\":1,\"magic\":1}",
                        "{\"subject\":\"p\",\"version\":1,\"id\":1,\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\","
                                + "\"deleted\":false}")
                .with(
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1}",
                        "{\"subject\":\"a\",\"version\":1,\"id\":2,\"schema\":\"\\\"int\\\"\",\"deleted\":false,"
                                + "\"metadata\":{\"properties\":{}}}");
        try (TestServer server = new TestServer(log)) {
            assertThat(server.get("/schemas/ids/1").body())
                    .isEqualTo("{\"schemaType\":\"PROTOBUF\",\"schema\":\"syntax\"}");
            assertThat(server.put("/config", "{\"compatibility\":\"FULL\"}").status())
                    .isEqualTo(200);
            assertThat(server.delete("/subjects/a/versions/1").status()).isEqualTo(200);
            assertThat(server.register("p", "\"int\"").brief()).isEqualTo("409 409");
        }
        assertThat(log.lines().subList(3, 6))
                .containsExactly(
                        "{\"keytype\":\"CONFIG\",\"magic\":0} null",
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0} "
                                + "{\"compatibilityLevel\":\"FULL\",\"alias\":\"x\"}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1} "
                                + "{\"subject\":\"a\",\"version\":1,\"id\":2,\"schema\":\"\\\"int\\\"\",\"deleted\":true,"
                                + "\"metadata\":{\"properties\":{}}}");
    }
}
