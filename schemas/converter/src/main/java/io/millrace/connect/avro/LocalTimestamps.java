package io.millrace.connect.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;

/**
 * Makes {@code local-timestamp-millis} a {@code timestamp-millis}, the one timestamp that Connect has: the bytes are the same,
 * and a local timestamp reads as if it were in UTC. Finer timestamps stay the longs that they are, since a Connect Timestamp
 * would cut them off at the millisecond.
 */
final class LocalTimestamps {

    private static final String LOCAL = "local-timestamp-millis";
    private static final String LOGICAL_TYPE = "logicalType";
    private static final ObjectMapper JSON = new ObjectMapper();

    private LocalTimestamps() {}

    /** A schema with the same layout; the same schema when there is nothing to do. */
    static Schema asTimestamps(Schema schema) {
        String text = schema.toString();
        if (!text.contains(LOCAL)) {
            return schema;
        }
        try {
            JsonNode json = JSON.readTree(text);
            visit(json);
            return new Schema.Parser().setValidateDefaults(false).parse(json.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Avro wrote a schema that is not JSON", e);
        }
    }

    /** Follows types only: a default may look like a schema and is none. */
    private static void visit(JsonNode type) {
        if (type.isArray()) {
            type.forEach(LocalTimestamps::visit);
        } else if (type instanceof ObjectNode object) {
            if (object.path("type").asText().equals("long")
                    && object.path(LOGICAL_TYPE).asText().equals(LOCAL)) {
                object.put(LOGICAL_TYPE, "timestamp-millis");
            }
            visit(object.path("type"));
            visit(object.path("items"));
            visit(object.path("values"));
            object.path("fields").forEach(LocalTimestamps::visit);
        }
    }
}
