package io.millrace.schemas.serde;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Confluent's wire format: a zero byte, the schema's id in four bytes big-endian, then the Avro binary. */
public final class WireFormat {

    /** How many bytes stand before the Avro binary. */
    public static final int HEADER_BYTES = 1 + Integer.BYTES;

    private static final byte MAGIC = 0;
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private WireFormat() {}

    /**
     * The id of the schema that {@code data} was written with.
     *
     * @throws SerializationException when {@code data} does not begin with the header
     */
    public static int schemaId(byte @Nullable [] data) {
        if (data == null || data.length < HEADER_BYTES) {
            throw new SerializationException("Not in the Schema Registry's wire format: "
                    + (data == null ? 0 : data.length) + " bytes are less than its header of " + HEADER_BYTES);
        }
        if (data[0] != MAGIC) {
            throw new SerializationException(
                    "Not in the Schema Registry's wire format: the first byte is " + data[0] + " instead of 0");
        }
        return (int) INTS.get(data, 1);
    }

    /** The header for a schema's id. */
    public static byte[] header(int schemaId) {
        byte[] header = new byte[HEADER_BYTES];
        putHeader(header, schemaId);
        return header;
    }

    /** Writes the header for a schema's id over the first {@link #HEADER_BYTES} of {@code message}. */
    public static void putHeader(byte[] message, int schemaId) {
        message[0] = MAGIC;
        INTS.set(message, 1, schemaId);
    }
}
