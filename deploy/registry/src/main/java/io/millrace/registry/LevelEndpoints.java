package io.millrace.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code /config} and {@code /mode}, for all subjects and for one. */
final class LevelEndpoints {

    private static final Set<String> CONFIG_FIELDS = Set.of("compatibility", Levels.LEVEL, "normalize");

    private final Registry registry;

    LevelEndpoints(Registry registry) {
        this.registry = registry;
    }

    void addTo(Router router) {
        for (String subject : List.of("", "/{subject}")) {
            router.on("GET", "/config" + subject, this::level)
                    .on("PUT", "/config" + subject, this::setLevel)
                    .on("DELETE", "/config" + subject, this::removeLevel)
                    .on("GET", "/mode" + subject, this::mode)
                    .on("PUT", "/mode" + subject, this::setMode)
                    .on("DELETE", "/mode" + subject, this::removeMode);
        }
    }

    private static @Nullable String subject(ApiRequest request) {
        return request.path().get("subject");
    }

    private ApiResponse level(ApiRequest request) {
        String subject = subject(request);
        CompatibilityLevel level = registry.read(state -> {
            if (subject == null || request.flag("defaultToGlobal")) {
                return Levels.level(state, subject);
            }
            return Levels.ownLevel(state, subject).orElseThrow(() -> ApiException.noSubjectCompatibility(subject));
        });
        return levelIs(level);
    }

    private static ApiResponse levelIs(CompatibilityLevel level) {
        return ApiResponse.json(Map.of(Levels.LEVEL, level.name()));
    }

    private ApiResponse setLevel(ApiRequest request) {
        String subject = subject(request);
        if (subject != null) {
            SubjectNames.requireValid(subject);
        }
        ObjectNode body = request.json();
        requireKnownFields(body);
        JsonNode given = body.hasNonNull("compatibility") ? body.path("compatibility") : body.path(Levels.LEVEL);
        String name = given.asText();
        CompatibilityLevel level = given.isTextual()
                ? CompatibilityLevel.named(name).orElseThrow(() -> ApiException.invalidCompatibility(name))
                : null;
        Boolean normalize =
                body.path("normalize").isBoolean() ? body.path("normalize").booleanValue() : null;
        if (level == null && normalize == null) {
            throw ApiException.invalidCompatibility(name);
        }
        registry.write(state -> Levels.setLevel(state, subject, level, normalize));
        return ApiResponse.json(body);
    }

    private static void requireKnownFields(ObjectNode body) {
        Set<String> unknown = new TreeSet<>();
        body.fieldNames().forEachRemaining(field -> {
            if (!CONFIG_FIELDS.contains(field) && body.hasNonNull(field)) {
                unknown.add(field);
            }
        });
        if (!unknown.isEmpty()) {
            throw ApiException.unprocessable("This registry has no setting " + String.join(", ", unknown)
                    + ", only compatibility and normalize");
        }
    }

    private ApiResponse removeLevel(ApiRequest request) {
        return levelIs(registry.write(state -> Levels.removeLevel(state, subject(request))));
    }

    private ApiResponse mode(ApiRequest request) {
        String subject = subject(request);
        Mode mode = registry.read(state -> {
            if (subject == null || request.flag("defaultToGlobal")) {
                return Levels.modeInForce(state, subject);
            }
            return Levels.ownMode(state, subject).orElseThrow(() -> ApiException.noSubjectMode(subject));
        });
        return modeIs(mode);
    }

    private static ApiResponse modeIs(Mode mode) {
        return ApiResponse.json(Map.of("mode", mode.name()));
    }

    private ApiResponse setMode(ApiRequest request) {
        String subject = subject(request);
        if (subject != null) {
            SubjectNames.requireValid(subject);
        }
        String name = request.json().path("mode").asText();
        Mode mode = Mode.named(name).orElseThrow(() -> ApiException.invalidMode(name));
        return modeIs(registry.write(state -> Levels.setMode(state, subject, mode, request.flag("force"))));
    }

    private ApiResponse removeMode(ApiRequest request) {
        return modeIs(registry.write(state -> Levels.removeMode(state, subject(request))));
    }
}
