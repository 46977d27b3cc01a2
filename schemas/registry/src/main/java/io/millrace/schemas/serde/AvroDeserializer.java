package io.millrace.schemas.serde;

import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads Avro in Confluent's wire format, with the configuration keys of Confluent's deserializer: records as
 * {@link org.apache.avro.generic.GenericRecord}, or with {@code specific.avro.reader} as the classes that were generated for
 * them; strings, numbers, booleans and bytes as Java's. A null stays a null.
 *
 * <p>A record is read into the class that has its name, or into the one that {@code specific.avro.key.type} or
 * {@code specific.avro.value.type} gives. Any class that Avro generated is accepted and no other, so Avro's list of trusted
 * classes ({@code org.apache.avro.SERIALIZABLE_PACKAGES}) need not name them.
 *
 * <p>Throws {@link SerializationException} for what cannot be read, and Kafka's retriable
 * {@link org.apache.kafka.common.errors.TimeoutException} when the registry does not answer, and
 * {@link org.apache.kafka.common.errors.AuthenticationException} when it does not let the client in.
 *
 * @param <T> what is read; the caller's word, nothing checks it
 */
public final class AvroDeserializer<T> implements Deserializer<T> {

    private final @Nullable SchemaRegistryClient given;
    private @Nullable SchemaRegistryClient own;
    private @Nullable AvroReader reader;
    private boolean isKey;

    /** Kafka makes it so and then calls {@link #configure}, which finds the registry in the configuration. */
    public AvroDeserializer() {
        this.given = null;
    }

    /**
     * A deserializer that asks this registry instead of the one in its configuration.
     *
     * @param client stays open when the deserializer is closed
     */
    public AvroDeserializer(SchemaRegistryClient client) {
        this.given = client;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        AvroSerdeConfig config = new AvroSerdeConfig(configs);
        SchemaRegistryClient client = given;
        if (client == null) {
            client = SchemaRegistryClients.from(configs);
            own = client;
        }
        this.reader = config.specificReader()
                ? AvroReader.specific(client, config.specificType(isKey), config.logicalTypes())
                : AvroReader.generic(client, DatumModel.generic(config.logicalTypes()), schema -> schema);
        this.isKey = isKey;
    }

    @Override
    @SuppressWarnings("unchecked")
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (reader == null) {
            throw new IllegalStateException("The deserializer is used before configure");
        }
        try {
            AvroReader.Read read = reader.read(data);
            return (T) plain(read.schema(), read.datum());
        } catch (SerializationException e) {
            throw SerdeFailure.at(topic, isKey, e);
        } catch (RegistryException e) {
            throw SerdeFailure.at(topic, isKey, e);
        }
    }

    /** What stands alone is Java's type, not Avro's. */
    private static @Nullable Object plain(Schema schema, @Nullable Object datum) {
        return switch (schema.getType()) {
            case STRING -> String.valueOf(datum);
            case BYTES -> datum instanceof ByteBuffer buffer ? Utils.toArray(buffer) : datum;
            default -> datum;
        };
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
