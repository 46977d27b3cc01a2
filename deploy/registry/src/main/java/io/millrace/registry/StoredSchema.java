package io.millrace.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One version of a subject, as the log has it.
 *
 * @param others the fields of the record that this registry does not know; they are kept when the record is written again
 */
record StoredSchema(
        String subject,
        int version,
        int id,
        String schemaType,
        List<Reference> references,
        String schema,
        boolean deleted,
        ObjectNode others) {

    static final String AVRO = "AVRO";

    /** What makes two schemas the same and gives them the same global id. */
    record Identity(String schemaType, String schema, List<Reference> references) {}

    StoredSchema {
        references = List.copyOf(references);
    }

    Identity identity() {
        return new Identity(schemaType, schema, references);
    }

    RecordKey.SchemaVersion key() {
        return new RecordKey.SchemaVersion(subject, version);
    }

    StoredSchema asDeleted() {
        return new StoredSchema(subject, version, id, schemaType, references, schema, true, others);
    }

    boolean isAvro() {
        return schemaType.equals(AVRO);
    }

    boolean refersTo(String otherSubject, int otherVersion) {
        return references.stream()
                .anyMatch(reference -> reference.subject().equals(otherSubject) && reference.version() == otherVersion);
    }
}
