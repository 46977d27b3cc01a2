package io.millrace.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of the topic's keys and values, which is that of Confluent's Schema Registry.
 *
 * <p>The order of a key's fields matters, because compaction compares bytes.
 */
final class RecordFormat {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCHEMA_FIELDS =
            List.of("subject", "version", "id", "schemaType", "references", "schema", "deleted");

    private RecordFormat() {}

    static Bytes key(RecordKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (key instanceof RecordKey.SchemaVersion schema) {
            json.put("keytype", "SCHEMA").put("subject", schema.subject()).put("version", schema.version());
            json.put("magic", 1);
        } else if (key instanceof RecordKey.Config config) {
            json.put("keytype", "CONFIG").put("subject", config.subject()).put("magic", 0);
        } else if (key instanceof RecordKey.ModeOf mode) {
            json.put("keytype", "MODE").put("subject", mode.subject()).put("magic", 0);
        } else if (key instanceof RecordKey.DeleteSubject delete) {
            json.put("keytype", "DELETE_SUBJECT").put("subject", delete.subject());
            json.put("magic", 0);
        } else if (key instanceof RecordKey.ClearSubject clear) {
            json.put("keytype", "CLEAR_SUBJECT").put("subject", clear.subject()).put("magic", 0);
        } else if (key instanceof RecordKey.Noop) {
            json.put("keytype", "NOOP").put("magic", 0);
        } else {
            throw new IllegalArgumentException("Records of an unknown kind are not written: " + key);
        }
        return bytes(json);
    }

    /**
     * What a record's key says.
     *
     * @throws IOException when it is not a key of this format
     */
    static RecordKey key(Bytes key) throws IOException {
        JsonNode json = JSON.readTree(key.get());
        String keytype = json.path("keytype").asText();
        String subject = json.path("subject").textValue();
        return switch (keytype) {
            case "SCHEMA" -> new RecordKey.SchemaVersion(text(json, "subject"), number(json, "version"));
            case "CONFIG" -> new RecordKey.Config(subject);
            case "MODE" -> new RecordKey.ModeOf(subject);
            case "DELETE_SUBJECT" -> new RecordKey.DeleteSubject(text(json, "subject"));
            case "CLEAR_SUBJECT" -> new RecordKey.ClearSubject(subject);
            case "NOOP" -> new RecordKey.Noop();
            case "" -> throw new IOException("a key without keytype");
            default -> new RecordKey.Unknown(keytype);
        };
    }

    /**
     * A record's value.
     *
     * @throws IOException when it is not a JSON object
     */
    static ObjectNode value(Bytes value) throws IOException {
        if (JSON.readTree(value.get()) instanceof ObjectNode json) {
            return json;
        }
        throw new IOException("a value that is not a JSON object");
    }

    static Bytes bytes(ObjectNode json) {
        try {
            return Bytes.wrap(JSON.writeValueAsBytes(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree could not be written", e);
        }
    }

    /**
     * Reads the value of a {@link RecordKey.SchemaVersion}.
     *
     * @throws IOException when a field that is needed is missing
     */
    static StoredSchema schema(RecordKey.SchemaVersion key, ObjectNode value) throws IOException {
        ObjectNode others = value.deepCopy();
        others.remove(SCHEMA_FIELDS);
        List<Reference> references = new ArrayList<>();
        for (JsonNode reference : value.path("references")) {
            references.add(
                    new Reference(text(reference, "name"), text(reference, "subject"), number(reference, "version")));
        }
        return new StoredSchema(
                key.subject(),
                key.version(),
                number(value, "id"),
                value.hasNonNull("schemaType") ? text(value, "schemaType") : StoredSchema.AVRO,
                references,
                text(value, "schema"),
                value.path("deleted").asBoolean(),
                others);
    }

    static ObjectNode value(StoredSchema schema) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("subject", schema.subject()).put("version", schema.version()).put("id", schema.id());
        if (!schema.isAvro()) {
            json.put("schemaType", schema.schemaType());
        }
        if (!schema.references().isEmpty()) {
            json.set("references", references(schema.references()));
        }
        json.put("schema", schema.schema()).put("deleted", schema.deleted());
        return json.setAll(schema.others());
    }

    static ArrayNode references(List<Reference> references) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (Reference reference : references) {
            array.addObject()
                    .put("name", reference.name())
                    .put("subject", reference.subject())
                    .put("version", reference.version());
        }
        return array;
    }

    /** The value of a {@link RecordKey.DeleteSubject}. */
    static ObjectNode deletedUpTo(String subject, int version) {
        return JsonNodeFactory.instance.objectNode().put("subject", subject).put("version", version);
    }

    /** The value of a {@link RecordKey.ClearSubject}. */
    static ObjectNode cleared(@Nullable String subject) {
        return JsonNodeFactory.instance.objectNode().put("subject", subject);
    }

    static String text(JsonNode json, String field) throws IOException {
        String text = json.path(field).textValue();
        if (text == null) {
            throw new IOException("no text in field " + field);
        }
        return text;
    }

    static int number(JsonNode json, String field) throws IOException {
        JsonNode number = json.path(field);
        if (!number.canConvertToInt()) {
            throw new IOException("no whole number in field " + field);
        }
        return number.intValue();
    }
}
