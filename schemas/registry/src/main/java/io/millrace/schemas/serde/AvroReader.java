package io.millrace.schemas.serde;

import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Reads Avro data in the wire format by the schema that its header names. Thread-safe. */
public final class AvroReader {

    /**
     * What was read.
     *
     * @param schema the schema that {@code datum} has
     * @param datum the data; null where the schema allows it
     */
    public record Read(Schema schema, @Nullable Object datum) {}

    /**
     * How data of one schema is read.
     *
     * @param writer the schema that the bytes are laid out by
     * @param result the schema of what comes out
     * @param reader reads it
     */
    record Reading(Schema writer, Schema result, DatumReader<Object> reader) {}

    private static final int MAX_CACHED = 1000;

    private final SchemaRegistryClient client;
    private final Function<Schema, Reading> readings;
    private final Map<Integer, Reading> known = new ConcurrentHashMap<>();

    AvroReader(SchemaRegistryClient client, Function<Schema, Reading> readings) {
        this.client = client;
        this.readings = readings;
    }

    /**
     * Reads generic data, logical types as the longs, bytes and strings that they are.
     *
     * @param client stays open when the reader is done
     * @param view what to make of a registered schema before it is read by: one with the same layout, called once per schema
     */
    public static AvroReader generic(SchemaRegistryClient client, UnaryOperator<Schema> view) {
        return generic(client, new GenericData(), view);
    }

    static AvroReader generic(SchemaRegistryClient client, GenericData model, UnaryOperator<Schema> view) {
        return new AvroReader(client, registered -> {
            Schema schema = view.apply(registered);
            return new Reading(schema, schema, new GenericDatumReader<>(schema, schema, model));
        });
    }

    /**
     * Reads records into generated classes, and anything else as generic data.
     *
     * @param className the class; null for the one with the name of the record that was written
     */
    static AvroReader specific(SchemaRegistryClient client, @Nullable String className, boolean withLogicalTypes) {
        GenericData generic = DatumModel.generic(withLogicalTypes);
        return new AvroReader(client, writer -> {
            if (writer.getType() != Schema.Type.RECORD) {
                return new Reading(writer, writer, new GenericDatumReader<>(writer, writer, generic));
            }
            ClassLoader loader = Utils.getContextOrKafkaClassLoader();
            Class<?> type = GeneratedData.load(
                    className == null ? SpecificData.getClassName(writer) : className, Schema.Type.RECORD, loader);
            Schema schema = SpecificData.get().getSchema(type);
            GeneratedData model = new GeneratedData(type.getClassLoader(), SpecificData.getForClass(type));
            return new Reading(writer, schema, new SpecificDatumReader<>(writer, schema, model));
        });
    }

    /**
     * Reads header and Avro binary.
     *
     * @throws RegistryException when the registry cannot be reached or does not know the schema
     * @throws SerializationException when {@code data} is not in the wire format or does not fit its schema
     */
    public Read read(byte[] data) {
        int id = WireFormat.schemaId(data);
        Reading reading = known.get(id);
        if (reading == null) {
            reading = readings.apply(client.schemaOf(id));
            if (known.size() >= MAX_CACHED) {
                known.clear();
            }
            known.put(id, reading);
        }
        return new Read(
                reading.result(), AvroBinary.read(data, WireFormat.HEADER_BYTES, reading.writer(), reading.reader()));
    }
}
