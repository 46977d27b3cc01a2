package io.millrace.connect.avro;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Reads records as structs, field by field. */
final class StructDecoder implements ValueDecoder {

    private static final int REQUIRED = -1;

    private final Schema schema;
    private final Field[] fields;
    private final ValueDecoder[] decoders;

    /** Of each field, where null stands in its union; here, since one call less for each counts. */
    private final int[] nullIndexes;

    StructDecoder(Schema schema, ValueDecoder[] decoders) {
        this.schema = schema;
        this.fields = schema.fields().toArray(new Field[0]);
        this.decoders = decoders.clone();
        this.nullIndexes = new int[decoders.length];
        for (int i = 0; i < decoders.length; i++) {
            nullIndexes[i] = REQUIRED;
            if (decoders[i] instanceof NullableDecoder nullable) {
                nullIndexes[i] = nullable.nullIndex();
                this.decoders[i] = nullable.present();
            }
        }
    }

    @Override
    public Object decode(BinaryInput in) {
        Struct struct = new Struct(schema);
        @Nullable Object @Nullable [] values = StructValues.of(struct);
        for (int i = 0; i < decoders.length; i++) {
            int nullIndex = nullIndexes[i];
            boolean isNull = nullIndex != REQUIRED && NullableDecoder.isNull(in, nullIndex);
            if (!isNull) {
                Object value = decoders[i].decode(in);
                if (values == null) {
                    struct.put(fields[i], value);
                } else {
                    values[i] = value;
                }
            }
        }
        return struct;
    }
}
