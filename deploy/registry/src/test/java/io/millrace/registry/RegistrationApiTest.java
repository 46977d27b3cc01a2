package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RegistrationApiTest {

    private final InMemorySchemaLog log = new InMemorySchemaLog();
    private final TestServer server = new TestServer(log);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldRegisterOnceAndGiveTheSameSchemaTheSameIdEverywhere() {
        assertThat(server.register("a", "{\"type\" : \"string\"}").brief()).isEqualTo("200 {\"id\":1}");
        assertThat(server.register("a", "\"string\"").brief()).isEqualTo("200 {\"id\":1}");
        assertThat(server.register("b", "\"int\"").brief()).isEqualTo("200 {\"id\":2}");
        assertThat(server.register("c", "\"string\"").brief()).isEqualTo("200 {\"id\":1}");
        assertThat(log.lines())
                .containsExactly(
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"a\",\"version\":1,\"magic\":1} "
                                + "{\"subject\":\"a\",\"version\":1,\"id\":1,\"schema\":\"\\\"string\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"b\",\"version\":1,\"magic\":1} "
                                + "{\"subject\":\"b\",\"version\":1,\"id\":2,\"schema\":\"\\\"int\\\"\",\"deleted\":false}",
                        "{\"keytype\":\"SCHEMA\",\"subject\":\"c\",\"version\":1,\"magic\":1} "
                                + "{\"subject\":\"c\",\"version\":1,\"id\":1,\"schema\":\"\\\"string\\\"\",\"deleted\":false}");
    }

    @Test
    void shouldReadVersions() {
        server.register("a", Schemas.V1);
        server.register("a", Schemas.V2);
        assertThat(server.get("/subjects/a/versions").body()).isEqualTo("[1,2]");
        assertThat(server.get("/subjects/a/versions/latest")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.get("/subjects/a/versions/-1").json().path("id").asInt())
                .isEqualTo(2);
        assertThat(server.get("/subjects/a/versions/1").json().path("schema").asText())
                .isEqualTo(Schemas.V1);
        assertThat(server.get("/subjects/a/versions/1/schema").body()).isEqualTo(Schemas.V1);
        assertThat(server.get("/subjects/a/versions/3").brief()).isEqualTo("404 40402");
        assertThat(server.get("/subjects/b/versions/1").brief()).isEqualTo("404 40401");
        assertThat(server.get("/subjects/b/versions").brief()).isEqualTo("404 40401");
        assertThat(server.get("/subjects/a/versions/0").brief()).isEqualTo("422 42202");
        assertThat(server.get("/subjects/a/versions/x").brief()).isEqualTo("422 42202");
    }

    @Test
    void shouldFindRegisteredSchemas() {
        server.register("a", Schemas.V1);
        server.register("a", Schemas.V2);
        assertThat(server.post("/subjects/a", TestServer.body(Schemas.V1)).brief())
                .isEqualTo("200 {\"subject\":\"a\",\"id\":1,\"version\":1,\"schema\":"
                        + TestServer.JSON.getNodeFactory().textNode(Schemas.V1) + "}");
        assertThat(server.post("/subjects/a", TestServer.body(Schemas.OTHER)).brief())
                .isEqualTo("404 40403");
        assertThat(server.post("/subjects/b", TestServer.body(Schemas.V1)).brief())
                .isEqualTo("404 40401");
        assertThat(server.post("/subjects/a", TestServer.body("no")).brief()).isEqualTo("422 42201");
    }

    @Test
    void shouldRefuseWhatIsNotASchemaItServes() {
        for (String schema : List.of(
                "",
                " ",
                "{",
                "{}",
                "\"unknown\"",
                "{\"type\":\"record\",\"name\":\"1\",\"fields\":[]}",
                Schemas.record("R", "{'name':'a','type':'int','default':'x'}"))) {
            assertThat(server.register("a", schema).brief()).as(schema).isEqualTo("422 42201");
        }
        assertThat(server.post("/subjects/a/versions", "{\"schema\":\"{}\",\"schemaType\":\"JSON\"}")
                        .brief())
                .isEqualTo("422 42201");
        assertThat(server.post("/subjects/a/versions", "{\"schema\":\"\\\"int\\\"\",\"ruleSet\":{\"domainRules\":[]}}")
                        .brief())
                .isEqualTo("422 42201");
        assertThat(server.post("/subjects/a/versions", "{").brief()).isEqualTo("400 400");
        assertThat(server.post("/subjects/a/versions", "").brief()).isEqualTo("422 422");
        assertThat(server.post("/subjects/a/versions", "[]").brief()).isEqualTo("422 422");
        assertThat(server.post(
                                "/subjects/a/versions",
                                "{\"schema\":\"\\\"int\\\"\",\"schemaType\":\"AVRO\",\"metadata\":null}")
                        .brief())
                .isEqualTo("200 {\"id\":1}");
    }

    @Test
    void shouldRefuseNamesThatSubjectsCannotHave() {
        for (String subject : List.of("__GLOBAL", "__EMPTY", "%20", "a%00", ":.context:a")) {
            assertThat(server.register(subject, "\"int\"").brief()).as(subject).isEqualTo("422 42208");
        }
        assertThat(server.register("a%2Fb%20+%C3%A4", "\"int\"").status()).isEqualTo(200);
        assertThat(server.get("/subjects").body()).isEqualTo("[\"a/b +ä\"]");
    }

    @Test
    void shouldRefuseAnIncompatibleSchemaAndSayWhy() {
        server.register("a", Schemas.V1);
        TestServer.Answer answer = server.register("a", Schemas.V3);
        assertThat(answer.brief()).isEqualTo("409 409");
        assertThat(answer.json().path("message").asText())
                .contains("BACKWARD")
                .contains("subject 'a'")
                .contains("version 1")
                .contains("READER_FIELD_MISSING_DEFAULT_VALUE");
        assertThat(log.lines()).hasSize(1);
    }

    @Test
    void shouldTellSchemasApartByDocumentation() {
        assertThat(server.register("a", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":1}")
                        .brief())
                .isEqualTo("200 {\"id\":1}");
        assertThat(server.register("a", "{\"type\":\"fixed\",\"name\":\"F\",\"size\":1,\"doc\":\"d\"}")
                        .brief())
                .isEqualTo("200 {\"id\":2}");
    }

    @Test
    void shouldNormalizeWhenAsked() {
        String xy = "{\"type\":\"string\",\"x\":{\"n\":1,\"m\":2},\"a\":[1]}";
        String yx = "{\"a\":[1],\"x\":{\"m\":2,\"n\":1},\"type\":\"string\"}";
        assertThat(server.post("/subjects/a/versions?normalize=true", TestServer.body(xy))
                        .brief())
                .isEqualTo("200 {\"id\":1}");
        assertThat(server.register("a", yx).brief()).isEqualTo("200 {\"id\":1}");
        assertThat(server.register("a", xy).brief()).isEqualTo("200 {\"id\":2}");
        assertThat(server.post("/subjects/a?normalize=true", TestServer.body(xy))
                        .json()
                        .path("id")
                        .asInt())
                .isEqualTo(1);

        assertThat(server.put("/config/b", "{\"normalize\":true}").status()).isEqualTo(200);
        assertThat(server.register("b", xy).brief()).isEqualTo("200 {\"id\":1}");
    }

    @Test
    void shouldTakeOnlyTheNextVersion() {
        String body = TestServer.body("\"int\"").replace("{", "{\"version\":%s,");
        assertThat(server.post("/subjects/a/versions", body.replace("%s", "2")).brief())
                .isEqualTo("422 42201");
        assertThat(server.post("/subjects/a/versions", body.replace("%s", "1")).brief())
                .isEqualTo("200 {\"id\":1}");
        assertThat(server.post("/subjects/b/versions", body.replace("%s", "\"x\""))
                        .brief())
                .isEqualTo("422 422");
        assertThat(server.post("/subjects/b/versions", body.replace("%s", "-1")).brief())
                .isEqualTo("200 {\"id\":1}");
    }

    @Test
    void shouldGiveEachSchemaOneIdHoweverManyRegisterAtOnce() {
        List<String> answers = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> server.register(
                                "s" + i % 3, "{\"type\":\"fixed\",\"name\":\"F\",\"size\":4,\"doc\":\"" + i % 6 + "\"}")
                        .brief())
                .toList();
        assertThat(answers).allMatch(answer -> answer.startsWith("200"));
        assertThat(new HashSet<>(answers)).hasSize(6);
        assertThat(log.lines()).hasSize(6);
        assertThat(server.get("/schemas/ids/7").brief()).isEqualTo("404 40403");
    }

    @Test
    void shouldSurviveSchemasThatAreNestedDeeply() {
        String deep = "{\"type\":\"array\",\"items\":".repeat(300) + "\"int\"" + "}".repeat(300);
        assertThat(server.register("deep", deep).brief()).isEqualTo("200 {\"id\":1}");
        assertThat(server.register("deep", deep.replace("int", "long")).brief()).isEqualTo("200 {\"id\":2}");
        String tooDeep = "{\"type\":\"array\",\"items\":".repeat(5000) + "\"int\"" + "}".repeat(5000);
        assertThat(server.register("deep", tooDeep).brief()).isEqualTo("422 42201");
    }
}
