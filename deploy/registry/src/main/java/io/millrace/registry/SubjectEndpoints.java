package io.millrace.registry;

import java.util.List;
import java.util.Map;

/** {@code /subjects} and the versions below. */
final class SubjectEndpoints {

    private final Registry registry;

    SubjectEndpoints(Registry registry) {
        this.registry = registry;
    }

    void addTo(Router router) {
        router.on("GET", "/subjects", this::list)
                .on("POST", "/subjects/{subject}", this::find)
                .on("DELETE", "/subjects/{subject}", this::deleteSubject)
                .on("GET", "/subjects/{subject}/versions", this::versions)
                .on("POST", "/subjects/{subject}/versions", this::register)
                .on(
                        "GET",
                        "/subjects/{subject}/versions/{version}",
                        request -> ApiResponse.json(SchemaJson.version(version(request, request.flag("deleted")))))
                .on(
                        "GET",
                        "/subjects/{subject}/versions/{version}/schema",
                        request -> ApiResponse.raw(
                                version(request, request.flag("deleted")).schema()))
                .on("GET", "/subjects/{subject}/versions/{version}/referencedby", this::referencedBy)
                .on("DELETE", "/subjects/{subject}/versions/{version}", this::deleteVersion);
    }

    private ApiResponse list(ApiRequest request) {
        SubjectFilter filter = SubjectFilter.of(request);
        return ApiResponse.json(request.page(registry.read(state -> state.all()
                .map(StoredSchema::subject)
                .distinct()
                .filter(filter::matchesName)
                .filter(subject -> filter.includes(!state.exists(subject, false)))
                .toList())));
    }

    private ApiResponse find(ApiRequest request) {
        SchemaText given = SchemaJson.given(request.json());
        String subject = request.subject();
        boolean deleted = request.flag("deleted");
        return ApiResponse.json(SchemaJson.version(registry.read(state -> {
            if (!state.exists(subject, deleted)) {
                throw ApiException.subjectNotFound(subject);
            }
            return Registration.find(state, subject, given, request.flag("normalize"), deleted)
                    .orElseThrow(() -> ApiException.schemaNotFound(
                            "The schema is not registered under subject '" + subject + "'"));
        })));
    }

    private ApiResponse register(ApiRequest request) {
        var body = request.json();
        Registration.Request registration = new Registration.Request(
                SchemaJson.given(body),
                SchemaJson.number(body, "id"),
                SchemaJson.number(body, "version"),
                request.flag("normalize"));
        int id = registry.write(state -> Registration.register(state, request.subject(), registration));
        return ApiResponse.json(Map.of("id", id));
    }

    private ApiResponse versions(ApiRequest request) {
        SubjectFilter filter = SubjectFilter.of(request);
        String subject = request.subject();
        return ApiResponse.json(request.page(registry.read(state -> {
            if (!state.exists(subject, filter.alsoDeleted())) {
                throw ApiException.subjectNotFound(subject);
            }
            return state.versions(subject).stream()
                    .filter(schema -> filter.includes(schema.deleted()))
                    .map(StoredSchema::version)
                    .toList();
        })));
    }

    private StoredSchema version(ApiRequest request, boolean alsoDeleted) {
        String subject = request.subject();
        VersionNumber number = VersionNumber.parse(request.variable("version"));
        return registry.read(state -> state.version(subject, number)
                .filter(schema -> alsoDeleted || !schema.deleted())
                .orElseThrow(() -> state.exists(subject, alsoDeleted)
                        ? ApiException.versionNotFound(subject, number)
                        : ApiException.subjectNotFound(subject)));
    }

    private ApiResponse referencedBy(ApiRequest request) {
        StoredSchema schema = version(request, true);
        List<Integer> ids = registry.read(state -> state.referrers(schema.subject(), schema.version()).stream()
                .map(StoredSchema::id)
                .distinct()
                .sorted()
                .toList());
        return ApiResponse.json(ids);
    }

    private ApiResponse deleteSubject(ApiRequest request) {
        return ApiResponse.json(
                registry.write(state -> Deletion.subject(state, request.subject(), request.flag("permanent"))));
    }

    private ApiResponse deleteVersion(ApiRequest request) {
        VersionNumber number = VersionNumber.parse(request.variable("version"));
        return ApiResponse.json(
                registry.write(state -> Deletion.version(state, request.subject(), number, request.flag("permanent"))));
    }
}
