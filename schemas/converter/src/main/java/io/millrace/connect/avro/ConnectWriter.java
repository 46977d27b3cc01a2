package io.millrace.connect.avro;

import io.millrace.schemas.registry.RegistryException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Writes Connect values as messages: by an encoder that was made for their schema, or by {@link AvroDataWriter} where the schema has
 * none or the value does not fit, of which that one makes the error. Thread-safe.
 */
final class ConnectWriter {

    private final AvroDataWriter mapped;
    private final Encodings encodings;
    private final AtomicReference<@Nullable BinaryOutput> spare = new AtomicReference<>();

    /**
     * A writer.
     *
     * @param maxCached how many schemas are remembered at most
     */
    ConnectWriter(AvroDataWriter mapped, int maxCached) {
        this.mapped = mapped;
        this.encodings = new Encodings(maxCached, schema -> {
            org.apache.avro.Schema avroSchema = mapped.mapping().fromConnectSchema(schema);
            return new Encoding(avroSchema, ValueEncoders.of(schema, avroSchema));
        });
    }

    /**
     * The message of {@code value}.
     *
     * @throws RegistryException when the registry cannot be reached or refuses the schema
     * @throws DataException when {@code value} does not fit {@code schema}; or another {@link RuntimeException}
     */
    byte[] write(String topic, @Nullable Schema schema, Object value) {
        byte[] message = schema == null ? null : encoded(topic, schema, value);
        return message == null ? mapped.write(topic, schema, value) : message;
    }

    private byte @Nullable [] encoded(String topic, Schema schema, Object value) {
        Encoding encoding = encodings.of(schema);
        ValueEncoder encoder = encoding.encoder();
        if (encoder == null) {
            return null;
        }
        BinaryOutput out = spare.getAndSet(null);
        if (out == null) {
            out = new BinaryOutput();
        }
        if (!fits(encoder, value, out)) {
            return null;
        }
        Encoding.Target target = encoding.target(topic, mapped.writer());
        byte[] message = target.isOwn() ? out.message(target.registered().id()) : null;
        if (out.isKept()) {
            spare.setRelease(out);
        }
        return message;
    }

    private static boolean fits(ValueEncoder encoder, Object value, BinaryOutput out) {
        out.clear();
        try {
            encoder.encode(value, out);
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
