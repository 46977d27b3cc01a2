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
import org.apache.kafka.common.errors.SerializationException;
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
     * Reads generic data.
     *
     * @param client stays open when the reader is done
     * @param view what to make of a registered schema before it is read by: one with the same layout, called once per schema
     */
    public static AvroReader generic(SchemaRegistryClient client, UnaryOperator<Schema> view) {
        GenericData model = new GenericData();
        return new AvroReader(client, registered -> {
            Schema schema = view.apply(registered);
            return new Reading(schema, schema, new GenericDatumReader<>(schema, schema, model));
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
