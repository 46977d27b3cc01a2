package io.millrace.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What the reader and the schema say of a document. */
final class Verdicts {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<DocumentKind, Schema> SCHEMAS = new EnumMap<>(DocumentKind.class);
    /** Faults between two parts of a document, which no JSON Schema can see. */
    private static final List<String> BEYOND_A_SCHEMA = List.of("There is no source or step '", "is taken at");

    static {
        for (DocumentKind kind : DocumentKind.values()) {
            SCHEMAS.put(kind, REGISTRY.getSchema(DocumentSchemas.of(kind), InputFormat.JSON));
        }
    }

    private Verdicts() {}

    /** What the schema finds wrong. */
    static List<com.networknt.schema.Error> ofSchema(DocumentKind kind, JsonNode document) {
        return SCHEMAS.get(kind).validate(document.toString(), InputFormat.JSON);
    }

    /** What the reader finds wrong. */
    static List<Problem> ofReader(DocumentKind kind, JsonNode document) {
        // JSON is YAML.
        return ofReader(kind, document.toString());
    }

    static List<Problem> ofReader(DocumentKind kind, String yaml) {
        try {
            if (kind == DocumentKind.PIPELINE_TEST) {
                Documents.readTest("p.yaml", yaml);
            } else {
                DocumentSet read = Documents.read("p.yaml", yaml);
                if (read.pipelines().size() + read.connections().size() == 0) {
                    throw new AssertionError("Neither read nor refused: " + yaml);
                }
            }
            return List.of();
        } catch (InvalidDocumentException e) {
            return e.problems();
        }
    }

    /** What the reader finds wrong that a schema could find too. */
    static List<Problem> ofReaderWithinASchema(DocumentKind kind, JsonNode document) {
        List<Problem> problems = new ArrayList<>(ofReader(kind, document));
        problems.removeIf(problem -> BEYOND_A_SCHEMA.stream().anyMatch(problem.message()::contains));
        return problems;
    }
}
