package io.millrace.connect.avro;

import org.jspecify.annotations.Nullable;

/**
 * Writes Connect values of one schema as Avro binary, with the bytes that {@link AvroDataWriter} would come to.
 *
 * <p>Any {@link RuntimeException} means no more than that the value does not fit: what is wrong is for {@link AvroDataWriter} to say.
 */
@FunctionalInterface
interface ValueEncoder {

    /** Writes {@code value}, of which null fits optional schemas only. */
    void encode(@Nullable Object value, BinaryOutput out);
}
