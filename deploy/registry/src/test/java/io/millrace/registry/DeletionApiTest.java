package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DeletionApiTest {

    private final InMemorySchemaLog log = new InMemorySchemaLog();
    private final TestServer server = new TestServer(log);

    @BeforeEach
    void registerTwoVersions() {
        server.register("a", Schemas.V1);
        server.register("a", Schemas.V2);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldDeleteVersionsSoftlyThenForGood() {
        assertThat(server.delete("/subjects/a/versions/1?permanent=true").brief())
                .isEqualTo("404 40407");
        assertThat(server.delete("/subjects/a/versions/latest").brief()).isEqualTo("200 2");
        assertThat(server.delete("/subjects/a/versions/2").brief()).isEqualTo("404 40406");
        assertThat(server.get("/subjects/a/versions").body()).isEqualTo("[1]");
        assertThat(server.get("/subjects/a/versions?deleted=true").body()).isEqualTo("[1,2]");
        assertThat(server.get("/subjects/a/versions?deletedOnly=true").body()).isEqualTo("[2]");
        assertThat(server.get("/subjects/a/versions/2").brief()).isEqualTo("404 40402");
        assertThat(server.get("/subjects/a/versions/2?deleted=true").status()).isEqualTo(200);
        assertThat(server.get("/schemas/ids/2").status()).isEqualTo(200);

        assertThat(server.delete("/subjects/a/versions/2?permanent=true").brief())
                .isEqualTo("200 2");
        assertThat(server.delete("/subjects/a/versions/2?permanent=true").brief())
                .isEqualTo("404 40402");
        assertThat(server.get("/schemas/ids/2").brief()).isEqualTo("404 40403");
        assertThat(log.lines().get(log.lines().size() - 1))
                .isEqualTo("{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":2,\"magic\":1} null");
    }

    @Test
    void shouldDeleteSubjectsSoftlyThenForGood() {
        assertThat(server.delete("/subjects/a?permanent=true").brief()).isEqualTo("404 40405");
        assertThat(server.delete("/subjects/a").brief()).isEqualTo("200 [1,2]");
        assertThat(log.lines().get(2))
                .isEqualTo("{\"keytype\":\"DELETE_SUBJECT\",\"subject\":\"a\",\"magic\":0} "
                        + "{\"subject\":\"a\",\"version\":2}");
        assertThat(server.delete("/subjects/a").brief()).isEqualTo("404 40404");
        assertThat(server.get("/subjects").body()).isEqualTo("[]");
        assertThat(server.get("/subjects?deleted=true").body()).isEqualTo("[\"a\"]");
        assertThat(server.get("/subjects?deletedOnly=true").body()).isEqualTo("[\"a\"]");
        assertThat(server.get("/subjects/a/versions/latest").brief()).isEqualTo("404 40401");
        assertThat(server.post("/subjects/a", TestServer.body(Schemas.V1)).brief())
                .isEqualTo("404 40401");
        assertThat(server.post("/subjects/a?deleted=true", TestServer.body(Schemas.V1))
                        .status())
                .isEqualTo(200);
        assertThat(server.get("/schemas/ids/1/subjects").body()).isEqualTo("[]");

        assertThat(server.delete("/subjects/a?permanent=true").brief()).isEqualTo("200 [1,2]");
        assertThat(server.delete("/subjects/a?permanent=true").brief()).isEqualTo("404 40401");
        assertThat(server.delete("/subjects/a").brief()).isEqualTo("404 40401");
        assertThat(server.get("/subjects?deleted=true").body()).isEqualTo("[]");
    }

    @Test
    void shouldRefuseToDeleteWhatIsNotThere() {
        assertThat(server.delete("/subjects/b/versions/1").brief()).isEqualTo("404 40401");
        assertThat(server.delete("/subjects/a/versions/7").brief()).isEqualTo("404 40402");
        assertThat(server.delete("/subjects/a/versions/0").brief()).isEqualTo("422 42202");
        server.delete("/subjects/a");
        assertThat(server.delete("/subjects/a/versions/latest").brief()).isEqualTo("404 40402");
    }

    @Test
    void shouldGiveADeletedSchemaItsIdAgainUnderANewVersion() {
        server.delete("/subjects/a");
        assertThat(server.register("a", Schemas.V2).brief()).isEqualTo("200 {\"id\":2}");
        assertThat(server.get("/subjects/a/versions").body()).isEqualTo("[3]");
        assertThat(server.get("/subjects/a/versions?deleted=true").body()).isEqualTo("[1,3]");
        assertThat(server.register("a", Schemas.OTHER).brief()).isEqualTo("409 409");
    }

    @Test
    void shouldNotGiveTheIdOfADeletedSchemaToAnother() {
        server.delete("/subjects/a");
        server.delete("/subjects/a?permanent=true");
        assertThat(server.register("a", "\"int\"").brief()).isEqualTo("200 {\"id\":3}");
        assertThat(server.get("/subjects/a/versions").body()).isEqualTo("[1]");
    }

    @Test
    void shouldTakeTheSettingsOfASubjectAwayWithItsLastVersion() {
        server.put("/config/a", "{\"compatibility\":\"NONE\"}");
        server.put("/mode/a", "{\"mode\":\"READWRITE\"}");
        server.delete("/subjects/a/versions/1");
        assertThat(server.get("/config/a").status()).isEqualTo(200);
        server.delete("/subjects/a/versions/2");
        assertThat(server.get("/config/a").brief()).isEqualTo("404 40408");
        assertThat(server.get("/mode/a").brief()).isEqualTo("404 40409");
    }
}
