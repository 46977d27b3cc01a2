package io.millrace.schemas.serde;

import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generic and generated records, strings, numbers, booleans and bytes as Avro in Confluent's wire format, with the
 * configuration keys of Confluent's serializer. A null stays a null.
 *
 * <p>Throws {@link SerializationException} for what cannot be written, and Kafka's retriable
 * {@link org.apache.kafka.common.errors.TimeoutException} when the registry does not answer, and
 * {@link org.apache.kafka.common.errors.AuthenticationException} when it does not let the client in.
 *
 * @param <T> what is written
 */
public final class AvroSerializer<T> implements Serializer<T> {

    private final @Nullable SchemaRegistryClient given;
    private @Nullable SchemaRegistryClient own;
    private @Nullable AvroWriter writer;
    private GenericData generic = new GenericData();
    private boolean isKey;

    /** Kafka makes it so and then calls {@link #configure}, which finds the registry in the configuration. */
    public AvroSerializer() {
        this.given = null;
    }

    /**
     * A serializer that asks this registry instead of the one in its configuration.
     *
     * @param client stays open when the serializer is closed
     */
    public AvroSerializer(SchemaRegistryClient client) {
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
        this.writer = new AvroWriter(client, config, isKey);
        this.generic = DatumModel.generic(config.logicalTypes());
        this.isKey = isKey;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        if (data == null) {
            return null;
        }
        if (writer == null) {
            throw new IllegalStateException("The serializer is used before configure");
        }
        try {
            return writer.write(topic, DatumModel.schemaOf(data), data, DatumModel.of(data, generic));
        } catch (SerializationException e) {
            throw SerdeFailure.at(topic, isKey, e);
        } catch (RegistryException e) {
            throw SerdeFailure.at(topic, isKey, e);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
