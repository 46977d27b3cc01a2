package io.millrace.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The schemas as they are published: complete, described, and true to the readers' lists of keys and names. */
final class DocumentSchemasTest {

    private static final String DRAFT = "https://json-schema.org/draft/2020-12/schema";

    @ParameterizedTest
    @EnumSource
    void shouldBeTheFileThatIsPublished(DocumentKind kind) throws IOException {
        assertThat(DocumentSchemas.of(kind))
                .isEqualTo(Files.readString(Path.of("../../docs/schemas/" + kind.label() + ".schema.json")));
    }

    @Test
    void shouldPublishNoOtherFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("../../docs/schemas"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(DocumentKind.labels().stream()
                            .map(label -> label + ".schema.json")
                            .toList());
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeASchemaOfItsDraft(DocumentKind kind) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        Schema draft = registry.getSchema(SchemaLocation.of(DRAFT));
        assertThat(draft.validate("{\"type\": 5}", InputFormat.JSON)).isNotEmpty();
        assertThat(draft.validate(DocumentSchemas.of(kind), InputFormat.JSON)).isEmpty();
        assertThat(schema(kind).path("$schema").asText()).isEqualTo(DRAFT);
        assertThat(schema(kind).path("$id").asText()).isEqualTo("urn:millrace:schema:v1:" + kind.label());
    }

    @ParameterizedTest
    @EnumSource
    void shouldNameAndDescribeEveryProperty(DocumentKind kind) {
        List<String> silent = new ArrayList<>();
        eachObject(schema(kind), "", (place, node) -> {
            boolean isCondition = place.contains("/if") || place.endsWith("/then") || place.contains("/oneOf/");
            node.path("properties").properties().forEach(property -> {
                boolean speaks =
                        property.getValue().path("description").asText().endsWith(".")
                                && !property.getValue().path("title").asText().isBlank();
                if (!isCondition && !speaks) {
                    silent.add(place + "/properties/" + property.getKey());
                }
            });
        });
        assertThat(silent).isEmpty();
        assertThat(schema(kind).path("title").asText()).startsWith("Millrace ");
        assertThat(schema(kind).path("description").asText()).endsWith(".");
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveExamplesThatItAccepts(DocumentKind kind) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        registry.getSchema(DocumentSchemas.of(kind), InputFormat.JSON);
        List<String> wrong = new ArrayList<>();
        eachObject(schema(kind), "", (place, node) -> {
            if (node.path("examples").isArray() && !place.endsWith("/properties")) {
                JsonNode part = node.deepCopy();
                ((com.fasterxml.jackson.databind.node.ObjectNode) part)
                        .set("$defs", schema(kind).path("$defs"));
                Schema schema =
                        registry.getSchema(part.toString().replaceFirst("\"\\$id\":\"[^\"]*\",", ""), InputFormat.JSON);
                node.path("examples")
                        .forEach(example -> schema.validate(example.toString(), InputFormat.JSON)
                                .forEach(error -> wrong.add(place + ": " + error)));
            }
        });
        assertThat(wrong).isEmpty();
        schema(kind)
                .path("examples")
                .forEach(example -> assertThat(Verdicts.ofReader(kind, example)).isEmpty());
        assertThat(schema(kind).path("examples")).isNotEmpty();
    }

    @Test
    void shouldSayTheSameOfWhatSeveralKindsHave() {
        Map<String, JsonNode> definitions = new HashMap<>();
        for (DocumentKind kind : DocumentKind.values()) {
            schema(kind).path("$defs").properties().forEach(definition -> {
                // Both have a spec, each its own.
                boolean isOwn =
                        kind == DocumentKind.CONNECTION && definition.getKey().equals("spec");
                JsonNode other = isOwn ? null : definitions.putIfAbsent(definition.getKey(), definition.getValue());
                assertThat(definition.getValue())
                        .as(definition.getKey())
                        .isEqualTo(other == null ? definition.getValue() : other);
            });
        }
    }

    @Test
    void shouldKnowEveryKeyThatTheReaderKnows() {
        int keys = 0;
        for (Corpus.Document document : Corpus.all()) {
            for (var mutation : Mutations.unknownKeys(document.json())) {
                for (Problem problem : Verdicts.ofReader(document.kind(), mutation.document())) {
                    String hint = problem.hint() == null ? "" : problem.hint();
                    if (!hint.startsWith("its keys are ")) {
                        continue;
                    }
                    for (String key : hint.substring("its keys are ".length()).split(", ")) {
                        keys++;
                        assertThat(Verdicts.ofSchema(document.kind(), mutation.with(key)))
                                .as("%s of %s %s", key, document, mutation.place())
                                .noneMatch(error -> error.getKeyword().equals("additionalProperties")
                                        && key.equals(error.getProperty()));
                    }
                }
            }
        }
        assertThat(keys).isGreaterThan(100);
    }

    @Test
    void shouldListTheNamesThatTheReaderKnows() {
        assertThat(texts(DocumentKind.CONNECTION, "/$defs/spec/properties/type/enum"))
                .isEqualTo(DocumentReader.CONNECTION_TYPES);
        assertThat(texts(DocumentKind.PIPELINE, "/$defs/rule/properties/on_failure/enum"))
                .isEqualTo(Stream.of(OnFailure.values())
                        .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
        assertThat(texts(DocumentKind.PIPELINE_TEST, "/$defs/expected/anyOf/1/properties/order/enum"))
                .isEqualTo(Stream.of(PipelineTest.Order.ANY, PipelineTest.Order.LAST)
                        .map(value -> value.name().toLowerCase(java.util.Locale.ROOT))
                        .toList());
        List<String> rules = new ArrayList<>();
        schema(DocumentKind.PIPELINE)
                .at("/$defs/rule/oneOf")
                .forEach(rule -> rules.add(rule.at("/required/0").asText()));
        assertThat(rules).isEqualTo(RuleReader.KINDS);
    }

    @Test
    void shouldKnowKindsByTheirNames() {
        assertThat(DocumentKind.labels()).containsExactly("pipeline", "connection", "pipeline-test");
        assertThat(DocumentKind.of("Pipeline-Test")).contains(DocumentKind.PIPELINE_TEST);
        assertThat(DocumentKind.of("sink")).isEmpty();
    }

    private static JsonNode schema(DocumentKind kind) {
        return Mutations.json(DocumentSchemas.of(kind));
    }

    private static List<String> texts(DocumentKind kind, String place) {
        List<String> texts = new ArrayList<>();
        schema(kind).at(place).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /** Every object of a schema with its place, but for those in examples. */
    static void eachObject(JsonNode node, String place, BiConsumer<String, JsonNode> each) {
        if (node.isObject()) {
            each.accept(place, node);
            node.properties().forEach(field -> {
                if (!field.getKey().equals("examples")) {
                    eachObject(field.getValue(), place + "/" + field.getKey(), each);
                }
            });
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                eachObject(node.get(i), place + "/" + i, each);
            }
        }
    }
}
