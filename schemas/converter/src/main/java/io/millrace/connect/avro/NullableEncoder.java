package io.millrace.connect.avro;

import org.jspecify.annotations.Nullable;

/**
 * Writes values or null, as a union of two.
 *
 * @param nullIndex where null stands in the union, 0 or 1
 * @param present writes what is not null
 */
record NullableEncoder(int nullIndex, ValueEncoder present) implements ValueEncoder {

    @Override
    public void encode(@Nullable Object value, BinaryOutput out) {
        if (value == null) {
            out.writeIndex(nullIndex);
        } else {
            out.writeIndex(1 - nullIndex);
            present.encode(value, out);
        }
    }
}
