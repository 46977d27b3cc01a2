package io.millrace.connect.avro;

import org.apache.avro.AvroRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads values or null from a union of two.
 *
 * @param nullIndex where null stands in the union, 0 or 1
 * @param present reads what is not null
 */
record NullableDecoder(int nullIndex, ValueDecoder present) implements ValueDecoder {

    @Override
    public @Nullable Object decode(BinaryInput in) {
        return isNull(in, nullIndex) ? null : present.decode(in);
    }

    /** Reads which of the two it is. */
    static boolean isNull(BinaryInput in, int nullIndex) {
        int index = in.readInt();
        if (index < 0 || index > 1) {
            throw new AvroRuntimeException("No such type in the union");
        }
        return index == nullIndex;
    }
}
