package io.millrace.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** {@code /compatibility}: whether a schema could be registered, without doing it. */
final class CompatibilityEndpoints {

    private final Registry registry;

    CompatibilityEndpoints(Registry registry) {
        this.registry = registry;
    }

    void addTo(Router router) {
        router.on(
                        "POST",
                        "/compatibility/subjects/{subject}/versions",
                        request -> check(request, state -> state.live(request.subject())))
                .on("POST", "/compatibility/subjects/{subject}/versions/{version}", request -> {
                    VersionNumber number = VersionNumber.parse(request.variable("version"));
                    return check(request, state -> version(state, request.subject(), number));
                });
    }

    private interface Versions {
        List<StoredSchema> of(RegistryState state);
    }

    private static List<StoredSchema> version(RegistryState state, String subject, VersionNumber number) {
        Optional<StoredSchema> version = state.version(subject, number).filter(schema -> !schema.deleted());
        if (version.isEmpty() && number.number() != null) {
            throw ApiException.versionNotFound(subject, number);
        }
        return version.stream().toList();
    }

    private ApiResponse check(ApiRequest request, Versions versions) {
        SchemaText given = SchemaJson.given(request.json());
        String subject = request.subject();
        List<String> problems = registry.read(state -> {
            List<StoredSchema> earlier = versions.of(state);
            AvroSchema schema = Registration.parse(state, subject, given, true, request.flag("normalize"));
            return Compatibility.problems(state.parsed(), Levels.level(state, subject), schema, earlier);
        });
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("is_compatible", problems.isEmpty());
        if (request.flag("verbose")) {
            problems.forEach(json.withArray("messages")::add);
        }
        return ApiResponse.json(json);
    }
}
