package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ReferencesApiTest {

    private static final String CITY = Schemas.record("x.City", "{'name':'n','type':'string'}");
    private static final String ADDRESS = Schemas.record("x.Address", "{'name':'city','type':'x.City'}");
    private static final String ADDRESS_TEXT = Schemas.record("Address", "{'name':'city','type':'City'}")
            .replace("\"name\":\"Address\"", "\"name\":\"Address\",\"namespace\":\"x\"");
    private static final String ADDRESS_BODY = TestServer.body(ADDRESS, "x.City city 1");

    private final TestServer server = new TestServer(new InMemorySchemaLog());

    @BeforeEach
    void registerCity() {
        server.register("city", CITY);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldResolveReferencesAndKeepThem() {
        assertThat(server.register("address", ADDRESS).brief()).isEqualTo("422 42201");
        assertThat(server.post("/subjects/address/versions", ADDRESS_BODY).brief())
                .isEqualTo("200 {\"id\":2}");
        assertThat(server.post("/subjects/address/versions", ADDRESS_BODY).brief())
                .isEqualTo("200 {\"id\":2}");
        var found = server.get("/schemas/ids/2").json();
        assertThat(found.path("schema").asText()).isEqualTo(ADDRESS_TEXT);
        assertThat(found.path("references").toString())
                .isEqualTo("[{\"name\":\"x.City\",\"subject\":\"city\",\"version\":1}]");
        assertThat(server.get("/subjects/city/versions/1/referencedby").body()).isEqualTo("[2]");
        assertThat(server.get("/subjects/address/versions/1/referencedby").body())
                .isEqualTo("[]");
        assertThat(server.get("/subjects/address/versions/2/referencedby").brief())
                .isEqualTo("404 40402");
    }

    @Test
    void shouldResolveReferencesOfReferences() {
        server.post("/subjects/address/versions", ADDRESS_BODY);
        String person = Schemas.record("Person", "{'name':'a','type':'x.Address'},{'name':'c','type':'x.City'}");
        assertThat(server.post("/subjects/person/versions", TestServer.body(person, "x.Address address 1"))
                        .brief())
                .isEqualTo("200 {\"id\":3}");
        String both = Schemas.record("Both", "{'name':'a','type':'x.Address'}");
        assertThat(server.post("/subjects/both/versions", TestServer.body(both, "x.City city 1", "x.Address address 1"))
                        .brief())
                .isEqualTo("200 {\"id\":4}");
    }

    @Test
    void shouldFindASchemaThatIsSentWithEverythingInIt() {
        server.post("/subjects/address/versions", ADDRESS_BODY);
        String whole = Schemas.record("x.Address", "{'name':'city','type':" + CITY + "}");
        assertThat(server.register("address", whole).brief()).isEqualTo("200 {\"id\":2}");
        assertThat(server.post("/subjects/address", TestServer.body(whole))
                        .json()
                        .path("id")
                        .asInt())
                .isEqualTo(2);
        assertThat(server.get("/subjects/address/versions").body()).isEqualTo("[1]");
    }

    @Test
    void shouldCompareWithWhatIsReferredTo() {
        server.post("/subjects/address/versions", ADDRESS_BODY);
        server.put("/config/city", "{\"compatibility\":\"NONE\"}");
        server.register("city", Schemas.record("x.City", "{'name':'n','type':'int'}"));
        assertThat(server.post("/subjects/address/versions", TestServer.body(ADDRESS, "x.City city 2"))
                        .brief())
                .isEqualTo("409 409");
    }

    @Test
    void shouldNotDeleteWhatIsReferredTo() {
        server.post("/subjects/address/versions", ADDRESS_BODY);
        assertThat(server.delete("/subjects/city/versions/1").brief()).isEqualTo("422 42206");
        assertThat(server.delete("/subjects/city").brief()).isEqualTo("422 42206");
        server.delete("/subjects/address");
        assertThat(server.get("/subjects/city/versions/1/referencedby").body()).isEqualTo("[]");
        assertThat(server.delete("/subjects/city").brief()).isEqualTo("200 [1]");
        assertThat(server.post("/subjects/address/versions", ADDRESS_BODY).brief())
                .isEqualTo("422 42201");
    }

    @Test
    void shouldRefuseReferencesThatLeadNowhere() {
        assertThat(server.post("/subjects/address/versions", TestServer.body(ADDRESS, "x.City city 2"))
                        .brief())
                .isEqualTo("422 42201");
        assertThat(server.post(
                                "/subjects/address/versions",
                                "{\"schema\":\"\\\"int\\\"\",\"references\":[{\"name\":\"n\",\"subject\":\"city\"}]}")
                        .brief())
                .isEqualTo("422 42201");
    }
}
