package io.millrace.connect.avro;

import static java.util.Objects.requireNonNull;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes structs as records, field by field. */
final class StructEncoder implements ValueEncoder {

    private static final int REQUIRED = -1;

    private final Schema schema;
    private final Field[] fields;
    private final ValueEncoder[] encoders;

    /** Of each field, where null stands in its union; here, since one call less for each counts. */
    private final int[] nullIndexes;

    /** The last schema that was found to be equal; a race costs a comparison. */
    private Schema equal;

    StructEncoder(Schema schema, ValueEncoder[] encoders) {
        this.schema = schema;
        this.fields = schema.fields().toArray(new Field[0]);
        this.encoders = encoders.clone();
        this.nullIndexes = new int[encoders.length];
        this.equal = schema;
        for (int i = 0; i < encoders.length; i++) {
            nullIndexes[i] = REQUIRED;
            if (encoders[i] instanceof NullableEncoder nullable) {
                nullIndexes[i] = nullable.nullIndex();
                this.encoders[i] = nullable.present();
            }
        }
    }

    @Override
    public void encode(@Nullable Object value, BinaryOutput out) {
        Struct struct = (Struct) requireNonNull(value);
        check(struct.schema());
        for (int i = 0; i < encoders.length; i++) {
            Object field = struct.get(fields[i]);
            int nullIndex = nullIndexes[i];
            if (nullIndex == REQUIRED) {
                encoders[i].encode(field, out);
            } else if (field == null) {
                out.writeIndex(nullIndex);
            } else {
                out.writeIndex(1 - nullIndex);
                encoders[i].encode(field, out);
            }
        }
    }

    private void check(Schema actual) {
        if (actual != equal && actual != schema) {
            if (!actual.equals(schema)) {
                throw new DataException("Another schema");
            }
            equal = actual;
        }
    }
}
