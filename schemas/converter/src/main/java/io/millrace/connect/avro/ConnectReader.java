package io.millrace.connect.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.WireFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages as Connect values: by a decoder that was made for the schema that they name, or by {@link AvroDataReader} where the
 * schema has none or the bytes do not fit, of which that one makes the error. Thread-safe.
 */
final class ConnectReader {

    /**
     * How messages of one schema are read.
     *
     * @param id the id that they name
     * @param schema what the schema is in Connect; null with the decoder
     * @param decoder null for what only {@link AvroDataReader} can read
     */
    private record Decoding(
            int id, @Nullable Schema schema, @Nullable ValueDecoder decoder) {}

    private final AvroDataReader mapped;
    private final SchemaRegistryClient client;
    private final int maxCached;
    private final Map<Integer, Decoding> known = new ConcurrentHashMap<>();
    private volatile @Nullable Decoding last;

    /**
     * A reader.
     *
     * @param client stays open when the reader is done
     * @param maxCached how many schemas are remembered at most
     */
    ConnectReader(AvroDataReader mapped, SchemaRegistryClient client, int maxCached) {
        this.mapped = mapped;
        this.client = client;
        this.maxCached = maxCached;
    }

    /**
     * The value of {@code message} with its schema.
     *
     * @throws RegistryException when the registry cannot be reached or does not know the schema
     * @throws DataException when Connect has no value for it; or another {@link RuntimeException}
     */
    SchemaAndValue read(byte[] message) {
        Decoding decoding = decoding(WireFormat.schemaId(message));
        SchemaAndValue decoded = decoding.decoder() == null ? null : decoded(decoding, decoding.decoder(), message);
        return decoded == null ? mapped.read(message) : decoded;
    }

    private static @Nullable SchemaAndValue decoded(Decoding decoding, ValueDecoder decoder, byte[] message) {
        try {
            BinaryInput in = new BinaryInput(message, WireFormat.HEADER_BYTES);
            Object value = decoder.decode(in);
            if (!in.isEnd()) {
                return null;
            }
            return value == null ? SchemaAndValue.NULL : new SchemaAndValue(decoding.schema(), value);
        } catch (RuntimeException e) {
            return null;
        }
    }

    private Decoding decoding(int id) {
        Decoding decoding = last;
        if (decoding == null || decoding.id() != id) {
            decoding = known.get(id);
            if (decoding == null) {
                decoding = make(id);
                if (known.size() >= maxCached) {
                    known.clear();
                }
                known.put(id, decoding);
            }
            last = decoding;
        }
        return decoding;
    }

    private Decoding make(int id) {
        org.apache.avro.Schema avroSchema = LocalTimestamps.asTimestamps(client.schemaOf(id));
        if (avroSchema.equals(AvroData.ANYTHING_SCHEMA)) {
            return new Decoding(id, null, null);
        }
        try {
            Schema schema = mapped.mapping().toConnectSchema(avroSchema);
            return new Decoding(id, schema, ValueDecoders.of(avroSchema, schema));
        } catch (RuntimeException e) {
            return new Decoding(id, null, null);
        }
    }
}
