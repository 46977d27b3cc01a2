package io.millrace.registry;

import java.util.List;

/**
 * A schema as it is given, not parsed yet.
 *
 * @param type AVRO, or one that this registry does not serve
 */
record SchemaText(String type, String text, List<Reference> references) {

    SchemaText {
        references = List.copyOf(references);
    }

    static SchemaText of(StoredSchema schema) {
        return new SchemaText(schema.schemaType(), schema.schema(), schema.references());
    }
}
