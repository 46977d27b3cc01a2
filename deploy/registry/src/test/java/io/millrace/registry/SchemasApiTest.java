package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SchemasApiTest {

    private final TestServer server = new TestServer(new InMemorySchemaLog());

    @BeforeEach
    void register() {
        server.register("a-1", "\"int\"");
        server.register("a-1", "\"long\"");
        server.register("a-2", "\"int\"");
        server.register("b", "\"string\"");
        server.register("b", "\"bytes\"");
        server.delete("/subjects/b/versions/2");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAnswerSchemasByTheirId() {
        assertThat(server.get("/schemas/ids/1").body()).isEqualTo("{\"schema\":\"\\\"int\\\"\"}");
        assertThat(server.get("/schemas/ids/1?subject=a-2&fetchMaxId=true").body())
                .isEqualTo("{\"schema\":\"\\\"int\\\"\",\"maxId\":4}");
        assertThat(server.get("/schemas/ids/1/schema").body()).isEqualTo("\"int\"");
        assertThat(server.get("/schemas/ids/1/subjects").body()).isEqualTo("[\"a-1\",\"a-2\"]");
        assertThat(server.get("/schemas/ids/1/versions?subject=a-2").json().toString())
                .isEqualTo(TestServer.JSON
                        .createArrayNode()
                        .add(server.get("/schemas/ids/1/versions").json().get(1))
                        .toString());
        assertThat(server.get("/schemas/ids/1/versions")
                        .json()
                        .get(1)
                        .path("subject")
                        .asText())
                .isEqualTo("a-2");
        assertThat(server.get("/schemas/ids/9").brief()).isEqualTo("404 40403");
        assertThat(server.get("/schemas/ids/9/schema").brief()).isEqualTo("404 40403");
        assertThat(server.get("/schemas/ids/9/subjects").brief()).isEqualTo("404 40403");
        assertThat(server.get("/schemas/ids/9/versions").brief()).isEqualTo("404 40403");
        assertThat(server.get("/schemas/ids/x").brief()).isEqualTo("404 404");
        assertThat(server.get("/schemas/types").body()).isEqualTo("[\"AVRO\"]");
    }

    @Test
    void shouldListSchemas() {
        assertThat(versions("/schemas")).isEqualTo("a-1/1 a-1/2 a-2/1 b/1 ");
        assertThat(versions("/schemas?subjectPrefix=a")).isEqualTo("a-1/1 a-1/2 a-2/1 ");
        assertThat(versions("/schemas?subjectPrefix=%3A%2A%3Aa&latestOnly=true"))
                .isEqualTo("a-1/2 a-2/1 ");
        assertThat(versions("/schemas?deleted=true&latestOnly=true")).isEqualTo("a-1/2 a-2/1 b/2 ");
        assertThat(versions("/schemas?offset=1&limit=2")).isEqualTo("a-1/2 a-2/1 ");
        assertThat(versions("/schemas?offset=9&limit=2147483647")).isEmpty();
        assertThat(server.get("/schemas?limit=x").brief()).isEqualTo("400 400");
    }

    private String versions(String path) {
        StringBuilder result = new StringBuilder();
        server.get(path)
                .json()
                .forEach(schema -> result.append(schema.path("subject").asText())
                        .append('/')
                        .append(schema.path("version").asInt())
                        .append(' '));
        return result.toString();
    }

    @Test
    void shouldListSubjects() {
        assertThat(server.get("/subjects").body()).isEqualTo("[\"a-1\",\"a-2\",\"b\"]");
        assertThat(server.get("/subjects?subjectPrefix=a-&offset=1").body()).isEqualTo("[\"a-2\"]");
    }
}
