package io.millrace.connect.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import io.millrace.schemas.serde.AvroReader;
import io.millrace.schemas.serde.AvroSerdeConfig;
import io.millrace.schemas.serde.AvroWriter;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connect's data as Avro in Confluent's wire format, its schemas in a Schema Registry. Keys and their defaults are those of
 * Confluent's converter, so that one can take the other's place.
 *
 * <p>A null is a null on either side, whatever the schema. Data that does not fit throws {@link DataException}. A registry that does
 * not answer, or does not let the converter in, is no fault of the row and throws {@link RetriableException}: the worker tries again for
 * {@code errors.retry.timeout}. By default that is not at all, and the task fails; a connector with {@code errors.tolerance=all} would
 * skip the row then, so give it {@code errors.retry.timeout=-1}.
 *
 * <p>Timestamps with microseconds or nanoseconds are read as the numbers that they are, since Connect's Timestamp would cut them off;
 * {@code local-timestamp-millis} is read as a Timestamp.
 */
public final class AvroConverter implements Converter, Versioned {

    private static final Logger LOG = LoggerFactory.getLogger(AvroConverter.class);

    private record Parts(
            boolean isKey,
            SchemaRegistryClient client,
            AvroDataWriter mapped,
            ConnectWriter writer,
            ConnectReader reader) {
        String what(String topic) {
            return (isKey ? "Key" : "Value") + " of topic '" + topic + "'";
        }
    }

    private @Nullable Parts parts;

    /** Made by the worker, which then calls {@link #configure}. */
    public AvroConverter() {}

    @Override
    public String version() {
        String version = AvroConverter.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public ConfigDef config() {
        return AvroConverterConfig.definition();
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        AvroSerdeConfig config = new AvroSerdeConfig(configs);
        AvroDataConfig mappingConfig = AvroConverterConfig.mapping(configs);
        AvroData mapping = new AvroData(mappingConfig);
        SchemaRegistryClient client = SchemaRegistryClients.from(configs);
        AvroDataWriter mappedWriter = new AvroDataWriter(mapping, new AvroWriter(client, config, isKey));
        AvroDataReader mappedReader =
                new AvroDataReader(mapping, AvroReader.generic(client, LocalTimestamps::asTimestamps));
        int maxCached = mappingConfig.getSchemasCacheSize();
        parts = new Parts(
                isKey,
                client,
                mappedWriter,
                new ConnectWriter(mappedWriter, maxCached),
                new ConnectReader(mappedReader, client, maxCached));
    }

    @Override
    public byte @Nullable [] fromConnectData(String topic, @Nullable Schema schema, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Parts configured = configured();
        try {
            return configured.writer().write(topic, schema, value);
        } catch (RegistryException e) {
            throw refused(configured, topic, configured.mapped().subject(topic, schema), e);
        } catch (RuntimeException e) {
            throw misfit(configured, topic, e);
        }
    }

    @Override
    public SchemaAndValue toConnectData(String topic, byte @Nullable [] value) {
        if (value == null) {
            return SchemaAndValue.NULL;
        }
        Parts configured = configured();
        try {
            return configured.reader().read(value);
        } catch (RegistryException e) {
            throw refused(configured, topic, null, e);
        } catch (RuntimeException e) {
            throw misfit(configured, topic, e);
        }
    }

    @Override
    public void close() {
        if (parts != null) {
            parts.client().close();
        }
    }

    private Parts configured() {
        if (parts == null) {
            throw new IllegalStateException("The converter is used before configure");
        }
        return parts;
    }

    private static DataException misfit(Parts configured, String topic, RuntimeException cause) {
        return new DataException(configured.what(topic) + ": " + cause.getMessage(), cause);
    }

    private static RuntimeException refused(
            Parts configured, String topic, @Nullable String subject, RegistryException cause) {
        String message = configured.what(topic) + (subject == null ? "" : ", subject '" + subject + "'") + ": "
                + cause.getMessage();
        if (!cause.isTransient() && !cause.isAccessDenied()) {
            return new DataException(message, cause);
        }
        // The worker tries again without a word, so that nobody would see why nothing moves.
        LOG.warn("{}", message);
        return new RetriableException(message, cause);
    }
}
