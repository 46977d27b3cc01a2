package io.millrace.registry;

import java.util.List;
import org.apache.avro.Schema;

/**
 * A parsed Avro schema.
 *
 * @param schema complete, with what it refers to
 * @param text the JSON that is stored, without blanks and without the types that it refers to
 * @param references where those types are
 */
record AvroSchema(Schema schema, String text, List<Reference> references) {

    AvroSchema {
        references = List.copyOf(references);
    }

    StoredSchema.Identity identity() {
        return new StoredSchema.Identity(StoredSchema.AVRO, text, references);
    }

    /**
     * Whether the other is the same schema, also when one of them refers to the types that the other has inside. Unlike
     * {@link Schema#equals} this sees aliases and documentation.
     */
    boolean sameAs(AvroSchema other) {
        return identity().equals(other.identity())
                || ((references.isEmpty() || other.references.isEmpty())
                        && schema.toString().equals(other.schema.toString()));
    }
}
