package io.millrace.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * The Avro binary behind the header. Data that is nothing but {@code bytes} stands there as it is, without the length that
 * Avro would put before it: so all clients of the wire format write and read it.
 */
final class AvroBinary {

    private AvroBinary() {}

    /** Writes {@code datum} after what {@code out} holds. */
    static void write(ByteArrayOutputStream out, Schema schema, @Nullable Object datum, DatumWriter<Object> writer) {
        try {
            if (schema.getType() == Schema.Type.BYTES) {
                out.write(bytesOf(datum));
                return;
            }
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            writer.write(datum, encoder);
            encoder.flush();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("The data does not fit its Avro schema: " + e.getMessage(), e);
        }
    }

    private static byte[] bytesOf(@Nullable Object datum) {
        if (datum instanceof byte[] bytes) {
            return bytes;
        }
        if (datum instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        throw new AvroRuntimeException(
                (datum == null ? "null" : "a " + datum.getClass().getName()) + " is not bytes");
    }

    /** Reads what stands in {@code data} from {@code start} on, to its end. */
    static @Nullable Object read(byte[] data, int start, Schema schema, DatumReader<Object> reader) {
        if (schema.getType() == Schema.Type.BYTES) {
            return ByteBuffer.wrap(Arrays.copyOfRange(data, start, data.length));
        }
        BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(data, start, data.length - start, null);
        @Nullable Object datum;
        boolean isEnd;
        try {
            datum = reader.read(null, decoder);
            isEnd = decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            throw new SerializationException("The bytes do not fit the Avro schema that they name: " + e, e);
        }
        if (!isEnd) {
            throw new SerializationException(
                    "The bytes do not fit the Avro schema that they name: some are left over at the end");
        }
        return datum;
    }
}
