package io.millrace.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /schemas}: schemas by their global id, and all of them. */
final class SchemaEndpoints {

    private final Registry registry;

    SchemaEndpoints(Registry registry) {
        this.registry = registry;
    }

    void addTo(Router router) {
        router.on("GET", "/schemas", this::list)
                .on("GET", "/schemas/types", request -> ApiResponse.json(List.of(StoredSchema.AVRO)))
                .on("GET", "/schemas/ids/{id}", this::byId)
                .on(
                        "GET",
                        "/schemas/ids/{id}/schema",
                        request -> ApiResponse.raw(schema(request).schema()))
                .on(
                        "GET",
                        "/schemas/ids/{id}/subjects",
                        request -> ApiResponse.json(request.page(versions(request).stream()
                                .map(StoredSchema::subject)
                                .distinct()
                                .toList())))
                .on(
                        "GET",
                        "/schemas/ids/{id}/versions",
                        request -> ApiResponse.json(request.page(versions(request).stream()
                                .map(schema -> Map.of("subject", schema.subject(), "version", schema.version()))
                                .toList())));
    }

    private ApiResponse list(ApiRequest request) {
        SubjectFilter filter = SubjectFilter.of(request);
        List<StoredSchema> found = registry.read(state -> state.all()
                .filter(schema -> filter.matchesName(schema.subject()) && filter.includes(schema.deleted()))
                .toList());
        if (request.flag("latestOnly")) {
            Map<String, StoredSchema> latest = new LinkedHashMap<>();
            found.forEach(schema -> latest.put(schema.subject(), schema));
            found = new ArrayList<>(latest.values());
        }
        return ApiResponse.json(
                request.page(found.stream().map(SchemaJson::version).toList()));
    }

    /** The parameter subject chooses between contexts in other registries; the id alone is enough here. */
    private ApiResponse byId(ApiRequest request) {
        ObjectNode json = SchemaJson.schema(schema(request));
        if (request.flag("fetchMaxId")) {
            int highest = registry.read(state -> state.ids().highest());
            json.put("maxId", highest);
        }
        return ApiResponse.json(json);
    }

    private StoredSchema schema(ApiRequest request) {
        int id = id(request);
        return registry.read(state -> state.ids().anyOf(id)).orElseThrow(() -> notFound(id));
    }

    private List<StoredSchema> versions(ApiRequest request) {
        int id = id(request);
        SubjectFilter filter = SubjectFilter.of(request);
        String subject = request.query().get("subject");
        List<StoredSchema> versions = registry.read(state -> state.ids().of(id));
        if (versions.isEmpty()) {
            throw notFound(id);
        }
        return versions.stream()
                .filter(schema -> filter.includes(schema.deleted()))
                .filter(schema -> subject == null || subject.equals(schema.subject()))
                .toList();
    }

    private static int id(ApiRequest request) {
        String id = request.variable("id");
        try {
            return Integer.parseInt(id);
        } catch (NumberFormatException e) {
            throw new ApiException(404, 404, "'" + id + "' is not the id of a schema, which is a whole number");
        }
    }

    private static ApiException notFound(int id) {
        return ApiException.schemaNotFound("There is no schema with the id " + id);
    }
}
