package io.millrace.connect.avro;

import org.jspecify.annotations.Nullable;

/**
 * Reads Avro binary of one schema as Connect values, equal to those that {@link AvroDataReader} would come to.
 *
 * <p>Any {@link RuntimeException} means no more than that the bytes do not fit: what is wrong is for {@link AvroDataReader} to say.
 */
@FunctionalInterface
interface ValueDecoder {

    /** Reads a value; null where the schema is optional and there is none. */
    @Nullable
    Object decode(BinaryInput in);
}
