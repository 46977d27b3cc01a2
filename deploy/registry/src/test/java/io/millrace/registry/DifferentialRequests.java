package io.millrace.registry;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests that two registries are compared by, in their order. */
final class DifferentialRequests {

    /**
     * A request.
     *
     * @param path in which {@code #n#} means the id that was the n-th to be seen
     * @param difference where the other registry has another answer, or null where both must be alike
     */
    record Request(
            String method,
            String path,
            String body,
            @Nullable Difference difference) {}

    /**
     * A difference that is known.
     *
     * @param ours the right answer
     * @param why what the other registry does
     */
    record Difference(String ours, String why) {}

    private final List<Request> requests = new ArrayList<>();

    private DifferentialRequests() {}

    static List<Request> all() {
        DifferentialRequests all = new DifferentialRequests();
        all.levels();
        all.registering();
        all.references();
        all.compatibility();
        all.modes();
        all.deleting();
        return all.requests;
    }

    private void get(String path) {
        requests.add(new Request("GET", path, "", null));
    }

    private void put(String path, String body) {
        requests.add(new Request("PUT", path, body, null));
    }

    private void post(String path, String body) {
        requests.add(new Request("POST", path, body, null));
    }

    private void delete(String path) {
        requests.add(new Request("DELETE", path, "", null));
    }

    /** The last request is answered otherwise by Apicurio than by Confluent's registry, whose answer this is. */
    private void differs(String confluent, String why) {
        Request last = requests.remove(requests.size() - 1);
        requests.add(new Request(last.method(), last.path(), last.body(), new Difference(confluent, why)));
    }

    private void levels() {
        put("/config", "{\"compatibility\":\"BACKWARD\"}");
        get("/config");
        put("/config", "{\"compatibility\":\"SIDEWAYS\"}");
        get("/config/l");
        differs("404 40408", "Apicurio has no code for a subject without a level");
        get("/config/l?defaultToGlobal=true");
        differs("200 {compatibilityLevel=\"BACKWARD\"}", "Apicurio looks for the subject first");
        put("/config/l", "{\"compatibility\":\"FULL_TRANSITIVE\"}");
        get("/config/l");
        delete("/config/l");
    }

    private void registering() {
        get("/subjects");
        get("/subjects/a/versions");
        post("/subjects/a/versions", TestServer.body(Schemas.V1));
        post("/subjects/a/versions", TestServer.body(Schemas.V1));
        post("/subjects/a/versions", TestServer.body(Schemas.V2));
        post("/subjects/a/versions", TestServer.body(Schemas.OTHER));
        post("/subjects/b/versions", TestServer.body(Schemas.V1));
        post("/subjects/a/versions", TestServer.body("{\"type\":\"nothing\"}"));
        post("/subjects/a/versions", TestServer.body(""));
        differs("422 42201", "Apicurio fails");
        post("/subjects/a/versions", "{");
        differs("400 400", "Apicurio answers text");
        post("/subjects/a", TestServer.body(Schemas.V1));
        post("/subjects/a", TestServer.body(Schemas.V2));
        post("/subjects/a", TestServer.body(Schemas.OTHER));
        post("/subjects/none", TestServer.body(Schemas.V1));
        get("/subjects");
        get("/subjects?subjectPrefix=b");
        differs("200 [\"b\"]", "Apicurio does not know the parameter");
        get("/subjects/a/versions");
        get("/subjects/a/versions/1");
        get("/subjects/a/versions/latest");
        get("/subjects/a/versions/latest/schema");
        get("/subjects/a/versions/7");
        get("/subjects/a/versions/0");
        differs("422 42202", "Apicurio looks for the version");
        get("/subjects/a/versions/x");
        differs("422 42202", "Apicurio looks for the version");
        get("/subjects/none/versions");
        get("/subjects/none/versions/1");
        get("/subjects/none/versions/latest");
        get("/schemas/ids/#1#");
        get("/schemas/ids/#2#");
        get("/schemas/ids/#1#/schema");
        get("/schemas/ids/#1#/subjects");
        get("/schemas/ids/#1#/versions");
        get("/schemas/ids/98765");
        get("/schemas/ids/98765/subjects");
        get("/schemas/ids/98765/versions");
        get("/schemas/ids/x");
        differs("404 404", "Apicurio answers nothing");
        get("/nothing");
        differs("404 404", "Apicurio answers nothing");
        put("/subjects", "{}");
        differs("405 405", "Apicurio answers nothing");
    }

    private void references() {
        String city = Schemas.record("City", "{'name':'n','type':'string'}");
        String address = Schemas.record("Address", "{'name':'c','type':'City'}");
        post("/subjects/city/versions", TestServer.body(city));
        post("/subjects/address/versions", TestServer.body(address));
        post("/subjects/address/versions", TestServer.body(address, "City city 9"));
        post("/subjects/address/versions", TestServer.body(address, "City city 1"));
        post("/subjects/address/versions", TestServer.body(address, "City city 1"));
        get("/subjects/address/versions/1");
        get("/subjects/city/versions/1/referencedby");
        get("/subjects/address/versions/1/referencedby");
        delete("/subjects/city/versions/1");
        delete("/subjects/city");
        get("/subjects/city/versions");
    }

    private void compatibility() {
        List<String> schemas = List.of(
                "\"int\"",
                "\"long\"",
                "\"string\"",
                "[\"null\",\"int\"]",
                Schemas.V1,
                Schemas.V2,
                Schemas.V3,
                Schemas.OTHER,
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\",\"B\"]}",
                "{\"type\":\"enum\",\"name\":\"E\",\"symbols\":[\"A\"]}",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":2}",
                "{\"type\":\"fixed\",\"name\":\"F\",\"size\":3}",
                "{\"type\":\"array\",\"items\":\"int\"}",
                "{\"type\":\"array\",\"items\":\"long\"}",
                "{\"type\":\"map\",\"values\":\"int\"}");
        for (CompatibilityLevel level : CompatibilityLevel.values()) {
            for (int first = 0; first < schemas.size(); first++) {
                String subject = "c" + first;
                if (level == CompatibilityLevel.NONE) {
                    post("/subjects/" + subject + "/versions", TestServer.body(schemas.get(first)));
                }
                put("/config/" + subject, "{\"compatibility\":\"" + level + "\"}");
                for (String next : schemas) {
                    post("/compatibility/subjects/" + subject + "/versions/latest", TestServer.body(next));
                }
            }
            // Several versions, of which the transitive levels see all.
            if (level == CompatibilityLevel.NONE) {
                post("/subjects/t/versions", TestServer.body(Schemas.V1));
                post("/subjects/t/versions", TestServer.body(Schemas.V3));
                post("/subjects/t/versions", TestServer.body(Schemas.V2));
            }
            put("/config/t", "{\"compatibility\":\"" + level + "\"}");
            for (String next : List.of(Schemas.V1, Schemas.V2, Schemas.V3, Schemas.OTHER)) {
                post("/compatibility/subjects/t/versions", TestServer.body(next));
            }
        }
        post("/compatibility/subjects/none/versions/latest", TestServer.body(Schemas.V1));
        post("/compatibility/subjects/a/versions/9", TestServer.body(Schemas.V1));
        post("/compatibility/subjects/a/versions/latest", TestServer.body("{\"type\":\"nothing\"}"));
    }

    private void modes() {
        get("/mode");
        get("/mode/a");
        differs("404 40409", "Apicurio answers the mode of all");
        put("/mode/a", "{\"mode\":\"READONLY\"}");
        get("/mode/a");
        post("/subjects/a/versions", TestServer.body(Schemas.V3));
        differs("422 42205", "Apicurio compares before it looks at the mode");
        delete("/mode/a");
        put("/mode", "{\"mode\":\"OFF\"}");
        differs("422 42204", "Apicurio has no code for a wrong mode");
        put("/mode", "{\"mode\":\"READWRITE\"}");
    }

    private void deleting() {
        put("/config/d", "{\"compatibility\":\"NONE\"}");
        post("/subjects/d/versions", TestServer.body("\"float\""));
        post("/subjects/d/versions", TestServer.body("\"double\""));
        post("/subjects/d/versions", TestServer.body("\"bytes\""));
        delete("/subjects/d/versions/2?permanent=true");
        differs("404 40407", "Apicurio has the code under another status");
        delete("/subjects/d/versions/2");
        delete("/subjects/d/versions/2");
        differs("404 40406", "Apicurio has the code under another status");
        get("/subjects/d/versions");
        get("/subjects/d/versions?deleted=true");
        get("/subjects/d/versions/2");
        get("/subjects/d/versions/2?deleted=true");
        delete("/subjects/d/versions/2?permanent=true");
        delete("/subjects/d/versions/2?permanent=true");
        delete("/subjects/d/versions/9");
        delete("/subjects/none/versions/1");
        delete("/subjects/d?permanent=true");
        differs("404 40405", "Apicurio has the code under another status");
        delete("/subjects/d");
        delete("/subjects/d");
        get("/subjects/d/versions");
        get("/subjects/d/versions/latest");
        post("/subjects/d", TestServer.body("\"float\""));
        differs("404 40401", "Apicurio still has the subject");
        delete("/subjects/d?permanent=true");
        delete("/subjects/d?permanent=true");
        delete("/subjects/none");
        post("/subjects/e/versions", TestServer.body("\"boolean\""));
        delete("/subjects/e/versions/latest");
        get("/subjects/e/versions");
        post("/subjects/e/versions", TestServer.body("\"boolean\""));
        get("/subjects/e/versions");
    }
}
