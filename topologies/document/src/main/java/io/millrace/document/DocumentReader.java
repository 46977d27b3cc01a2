package io.millrace.document;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads one document of any kind. */
final class DocumentReader {

    static final List<String> CONNECTION_TYPES = List.of("jdbc", "s3", "http");
    private static final List<String> SECRET_WORDS = List.of("password", "secret", "token");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[a-z]+:.+}");

    private final YamlMap document;

    DocumentReader(YamlMap document) {
        this.document = document;
    }

    void read(List<Pipeline> pipelines, List<Connection> connections) {
        document.allow("apiVersion", "kind", "metadata", "spec");
        String version = document.required("apiVersion");
        if (version != null && !version.equals(Documents.API_VERSION)) {
            document.problem(
                    document.valueLocation("apiVersion"),
                    "There is no apiVersion '" + version + "'",
                    "this version reads " + Documents.API_VERSION);
        }
        String kind = document.required("kind");
        String name = name();
        Map<String, String> labels = labels();
        YamlMap spec = document.map("spec", "the spec");
        if (YamlMap.isNull(document.value("spec"))) {
            document.problem(document.location(), "In the document, 'spec' is missing", null);
        }
        if (kind == null || spec == null) {
            return;
        }
        switch (kind) {
            case "Pipeline" -> pipelines.add(new PipelineReader(spec).read(name, document.location(), labels));
            case "Connection" -> connections.add(connection(name, spec));
            default ->
                document.problem(
                        document.valueLocation("kind"),
                        "There is no document of kind '" + kind + "'",
                        "kinds: Pipeline, Connection");
        }
    }

    private String name() {
        YamlMap metadata = document.map("metadata", "metadata");
        if (metadata == null) {
            document.problem(document.location(), "In the document, 'metadata' is missing", "metadata: {name: …}");
            return "";
        }
        metadata.allow("name", "labels");
        String name = metadata.required("name");
        if (name != null && !name.matches("[a-z][a-z0-9_-]{0,62}")) {
            metadata.problem(
                    metadata.valueLocation("name"),
                    "'" + name + "' is not a name",
                    "lower-case letters, digits, - and _, beginning with a letter, 63 at most");
        }
        return name == null ? "" : name;
    }

    private Map<String, String> labels() {
        YamlMap metadata = document.map("metadata", "metadata");
        YamlMap labels = metadata == null ? null : metadata.map("labels", "the labels");
        return labels == null ? Map.of() : labels.strings();
    }

    private Connection connection(String name, YamlMap spec) {
        String type = spec.required("type");
        if (type != null && !CONNECTION_TYPES.contains(type)) {
            spec.problem(
                    spec.valueLocation("type"),
                    "There is no connection of type '" + type + "'",
                    NearestName.of(type, CONNECTION_TYPES)
                            .map(nearest -> "did you mean '" + nearest + "'?")
                            .orElse("types: " + String.join(", ", CONNECTION_TYPES)));
        }
        Map<String, String> config = new LinkedHashMap<>(spec.strings());
        config.remove("type");
        config.keySet().forEach(key -> {
            if (isSecret(key) && !isReference(spec.scalars(key))) {
                spec.problem(
                        spec.valueLocation(key),
                        "'" + key + "' is a secret, which is never written in a document",
                        "refer to it: ${env:NAME} or ${file:PATH:KEY}");
            }
        });
        return new Connection(name, document.location(), type == null ? "" : type, config);
    }

    /** Connectors spell their keys in many ways: {@code password}, {@code apiToken}, {@code CLIENT_SECRET}. */
    private static boolean isSecret(String key) {
        String lowerCase = key.toLowerCase(Locale.ROOT);
        return SECRET_WORDS.stream().anyMatch(lowerCase::contains);
    }

    private static boolean isReference(List<String> values) {
        return !values.isEmpty()
                && values.stream().allMatch(value -> REFERENCE.matcher(value).matches());
    }
}
