package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LevelsApiTest {

    private final InMemorySchemaLog log = new InMemorySchemaLog();
    private final TestServer server = new TestServer(log);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldSetAndTakeBackCompatibility() {
        assertThat(server.get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(server.get("/config/a").brief()).isEqualTo("404 40408");
        assertThat(server.put("/config", "{\"compatibility\":\"full\"}").brief())
                .isEqualTo("200 {\"compatibility\":\"full\"}");
        assertThat(server.get("/config").body()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(server.get("/config/a?defaultToGlobal=true").body()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        server.put("/config/a", "{\"compatibility\":\"FORWARD_TRANSITIVE\"}");
        assertThat(server.get("/config/a").body()).isEqualTo("{\"compatibilityLevel\":\"FORWARD_TRANSITIVE\"}");
        assertThat(server.delete("/config/a").body()).isEqualTo("{\"compatibilityLevel\":\"FORWARD_TRANSITIVE\"}");
        assertThat(server.delete("/config/a").brief()).isEqualTo("404 40401");
        assertThat(server.delete("/config").body()).isEqualTo("{\"compatibilityLevel\":\"FULL\"}");
        assertThat(server.delete("/config").body()).isEqualTo("{\"compatibilityLevel\":\"BACKWARD\"}");
        assertThat(log.lines())
                .containsExactly(
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0} {\"compatibilityLevel\":\"FULL\"}",
                        "{\"keytype\":\"CONFIG\",\"subject\":\"a\",\"magic\":0} {\"compatibilityLevel\":\"FORWARD_TRANSITIVE\"}",
                        "{\"keytype\":\"CONFIG\",\"subject\":\"a\",\"magic\":0} null",
                        "{\"keytype\":\"CONFIG\",\"subject\":null,\"magic\":0} null");
    }

    @Test
    void shouldRefuseLevelsAndSettingsThatThereAreNot() {
        assertThat(server.put("/config", "{\"compatibility\":\"SIDEWAYS\"}").brief())
                .isEqualTo("422 42203");
        assertThat(server.put("/config", "{}").brief()).isEqualTo("422 42203");
        assertThat(server.put("/config", "{\"compatibility\":5}").brief()).isEqualTo("422 42203");
        assertThat(server.put("/config/a", "{\"compatibility\":\"NONE\",\"alias\":\"b\"}")
                        .brief())
                .isEqualTo("422 422");
        assertThat(log.lines()).isEmpty();
    }

    @Test
    void shouldRegisterAsTheLevelSays() {
        server.register("a", Schemas.V1);
        assertThat(server.register("a", Schemas.V3).brief()).isEqualTo("409 409");
        server.put("/config/a", "{\"compatibility\":\"FORWARD\"}");
        assertThat(server.register("a", Schemas.V3).brief()).isEqualTo("200 {\"id\":2}");
        server.put("/config/a", "{\"compatibility\":\"NONE\"}");
        assertThat(server.register("a", Schemas.OTHER).brief()).isEqualTo("200 {\"id\":3}");
    }

    @Test
    void shouldCheckCompatibilityWithoutRegistering() {
        server.register("a", Schemas.V1);
        server.register("a", Schemas.V2);
        String path = "/compatibility/subjects/a/versions";
        assertThat(server.post(path + "/latest", TestServer.body(Schemas.V1)).body())
                .isEqualTo("{\"is_compatible\":true}");
        assertThat(server.post(path + "/1", TestServer.body(Schemas.V3)).body()).isEqualTo("{\"is_compatible\":false}");
        assertThat(server.post(path, TestServer.body(Schemas.V3)).body()).isEqualTo("{\"is_compatible\":false}");
        var verbose = server.post(path + "/1?verbose=true", TestServer.body(Schemas.V3))
                .json();
        assertThat(verbose.path("messages").get(0).asText()).contains("version 1");
        assertThat(server.post(path + "/9", TestServer.body(Schemas.V1)).brief())
                .isEqualTo("404 40402");
        assertThat(server.post(path + "/0", TestServer.body(Schemas.V1)).brief())
                .isEqualTo("422 42202");
        assertThat(server.post(path + "/1", TestServer.body("no")).brief()).isEqualTo("422 42201");
        assertThat(server.post("/compatibility/subjects/b/versions/latest", TestServer.body(Schemas.V1))
                        .body())
                .isEqualTo("{\"is_compatible\":true}");
        assertThat(server.get("/subjects/a/versions").body()).isEqualTo("[1,2]");
    }

    @Test
    void shouldSetAndTakeBackModes() {
        assertThat(server.get("/mode").body()).isEqualTo("{\"mode\":\"READWRITE\"}");
        assertThat(server.get("/mode/a").brief()).isEqualTo("404 40409");
        assertThat(server.put("/mode/a", "{\"mode\":\"readonly\"}").body()).isEqualTo("{\"mode\":\"READONLY\"}");
        assertThat(server.get("/mode/a").body()).isEqualTo("{\"mode\":\"READONLY\"}");
        assertThat(server.put("/mode", "{\"mode\":\"READONLY_OVERRIDE\"}").status())
                .isEqualTo(200);
        assertThat(server.get("/mode/b?defaultToGlobal=true").body()).isEqualTo("{\"mode\":\"READONLY_OVERRIDE\"}");
        assertThat(server.get("/mode/a").body()).isEqualTo("{\"mode\":\"READONLY_OVERRIDE\"}");
        assertThat(server.delete("/mode").body()).isEqualTo("{\"mode\":\"READONLY_OVERRIDE\"}");
        assertThat(server.delete("/mode/a").body()).isEqualTo("{\"mode\":\"READONLY\"}");
        assertThat(server.delete("/mode/a").brief()).isEqualTo("404 40401");
        assertThat(server.put("/mode", "{\"mode\":\"OFF\"}").brief()).isEqualTo("422 42204");
        assertThat(log.lines().get(0))
                .isEqualTo("{\"keytype\":\"MODE\",\"subject\":\"a\",\"magic\":0} {\"mode\":\"READONLY\"}");
    }

    @Test
    void shouldChangeNothingThatIsReadOnly() {
        server.register("a", "\"int\"");
        server.put("/mode/a", "{\"mode\":\"READONLY\"}");
        assertThat(server.register("a", "\"long\"").brief()).isEqualTo("422 42205");
        assertThat(server.delete("/subjects/a").brief()).isEqualTo("422 42205");
        assertThat(server.delete("/subjects/a/versions/1").brief()).isEqualTo("422 42205");
        assertThat(server.put("/config/a", "{\"compatibility\":\"NONE\"}").brief())
                .isEqualTo("422 42205");
        assertThat(server.register("b", "\"int\"").status()).isEqualTo(200);
        server.put("/mode", "{\"mode\":\"READONLY_OVERRIDE\"}");
        assertThat(server.register("b", "\"long\"").brief()).isEqualTo("422 42205");
    }

    @Test
    void shouldImportSchemasWithTheirIds() {
        String body = "{\"schema\":\"\\\"int\\\"\",\"id\":40,\"version\":4}";
        assertThat(server.post("/subjects/a/versions", body).brief()).isEqualTo("422 42205");
        server.put("/mode/a", "{\"mode\":\"IMPORT\"}");
        assertThat(server.register("a", "\"int\"").brief()).isEqualTo("422 42205");
        assertThat(server.post("/subjects/a/versions", body).brief()).isEqualTo("200 {\"id\":40}");
        assertThat(server.post("/subjects/a/versions", body).brief()).isEqualTo("200 {\"id\":40}");
        assertThat(server.post("/subjects/a/versions", body.replace("int", "string"))
                        .brief())
                .isEqualTo("422 42205");
        assertThat(server.post("/subjects/a/versions", "{\"schema\":\"\\\"string\\\"\",\"id\":20}")
                        .brief())
                .isEqualTo("200 {\"id\":20}");
        assertThat(server.get("/subjects/a/versions").body()).isEqualTo("[4,5]");
        server.put("/mode/a", "{\"mode\":\"READWRITE\"}");
        assertThat(server.register("b", "\"long\"").brief()).isEqualTo("200 {\"id\":41}");
    }

    @Test
    void shouldImportOnlyWhereThereIsNothing() {
        server.register("a", "\"int\"");
        assertThat(server.put("/mode/a", "{\"mode\":\"IMPORT\"}").brief()).isEqualTo("422 42205");
        assertThat(server.put("/mode", "{\"mode\":\"IMPORT\"}").brief()).isEqualTo("422 42205");
        assertThat(server.put("/mode/a?force=true", "{\"mode\":\"IMPORT\"}").status())
                .isEqualTo(200);
        server.put("/mode/a", "{\"mode\":\"READWRITE\"}");
        server.delete("/subjects/a");
        assertThat(server.put("/mode/a", "{\"mode\":\"IMPORT\"}").status()).isEqualTo(200);
        assertThat(server.get("/subjects/a/versions?deleted=true").brief()).isEqualTo("404 40401");
    }
}
