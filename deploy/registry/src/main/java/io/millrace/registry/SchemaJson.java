package io.millrace.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Schemas in requests and answers. */
final class SchemaJson {

    /** Parts of a data contract, which would be lost in silence if they were let pass. */
    private static final List<String> NOT_SERVED =
            List.of("metadata", "ruleSet", "schemaTagsToAdd", "schemaTagsToRemove");

    private SchemaJson() {}

    /** A version as it is answered. */
    static ObjectNode version(StoredSchema schema) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", schema.subject()).put("id", schema.id()).put("version", schema.version());
        return addSchema(json, schema);
    }

    /** A schema without where it is registered. */
    static ObjectNode schema(StoredSchema schema) {
        return addSchema(JsonNodeFactory.instance.objectNode(), schema);
    }

    private static ObjectNode addSchema(ObjectNode json, StoredSchema schema) {
        if (!schema.isAvro()) {
            json.put("schemaType", schema.schemaType());
        }
        if (!schema.references().isEmpty()) {
            json.set("references", RecordFormat.references(schema.references()));
        }
        return json.put("schema", schema.schema());
    }

    /**
     * The schema in a request's body.
     *
     * @throws ApiException when it has none, or asks for what this registry does not have
     */
    static SchemaText given(ObjectNode body) {
        String text = body.path("schema").textValue();
        if (text == null || text.isBlank()) {
            throw ApiException.invalidSchema("The schema is empty: field 'schema' must have it, as text");
        }
        for (String field : NOT_SERVED) {
            if (body.hasNonNull(field)) {
                throw ApiException.invalidSchema("This registry keeps schemas without '" + field + "'");
            }
        }
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : body.path("references")) {
            try {
                references.add(new Reference(
                        RecordFormat.text(reference, "name"),
                        RecordFormat.text(reference, "subject"),
                        RecordFormat.number(reference, "version")));
            } catch (IOException e) {
                throw ApiException.invalidSchema("A reference needs a name, a subject and a version: " + reference);
            }
        }
        String type = body.path("schemaType").asText(StoredSchema.AVRO);
        return new SchemaText(body.hasNonNull("schemaType") ? type : StoredSchema.AVRO, text, references);
    }

    /** A number of a request's body, or null when it has none or one below 1, by which clients mean none. */
    static @Nullable Integer number(ObjectNode body, String field) {
        JsonNode number = body.path(field);
        if (!number.isMissingNode() && !number.isNull() && !number.canConvertToInt()) {
            throw ApiException.unprocessable("Field '" + field + "' must be a whole number");
        }
        return number.asInt() < 1 ? null : Integer.valueOf(number.asInt());
    }
}
