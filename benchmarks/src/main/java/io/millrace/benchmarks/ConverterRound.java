package io.millrace.benchmarks;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.millrace.connect.avro.AvroConverter;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.AvroReader;
import io.millrace.schemas.serde.AvroSerdeConfig;
import io.millrace.schemas.serde.AvroWriter;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;

/** One round in a fresh JVM: the argument says in which {@link Way}. Its measurements are lines of the standard output. */
final class ConverterRound {

    private static final int SAMPLES = 1000;
    private static final int WARM_UP_ROWS = 2_000_000;
    private static final int ROWS = 1_000_000;
    private static final int LAPS = 3;
    private static final String TOPIC = "orders";
    private static final String REGISTRY = "benchmark";
    private static final Map<String, String> CONFIG = Map.of("schema.registry.url", "mock://" + REGISTRY);

    private static final GenericData MODEL = new GenericData();

    private static final AtomicReference<Object> LAST = new AtomicReference<>();

    private ConverterRound() {}

    /** What is measured. */
    enum Way {
        WRITE("1,000,000 rows written by the converter"),
        WRITE_BY_RECORDS("1,000,000 rows written by way of records"),
        READ("1,000,000 rows read by the converter"),
        READ_BY_RECORDS("1,000,000 rows read by way of records");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Measures in the way whose name is given. */
    public static void main(String[] arguments) {
        Way way = Way.valueOf(arguments[0]);
        AvroConverter converter = new AvroConverter();
        converter.configure(CONFIG, false);
        Struct[] rows = new Struct[SAMPLES];
        byte[][] messages = new byte[SAMPLES][];
        for (int i = 0; i < SAMPLES; i++) {
            rows[i] = TableRow.of(i);
            messages[i] = converter.fromConnectData(TOPIC, rows[i].schema(), rows[i]);
        }
        AvroData mapping = new AvroData(SAMPLES);
        InMemorySchemaRegistry registry = InMemorySchemaRegistry.shared(REGISTRY);
        AvroWriter writer = new AvroWriter(registry, new AvroSerdeConfig(CONFIG), false);
        AvroReader reader = AvroReader.generic(registry, schema -> schema);
        switch (way) {
            case WRITE -> measure(way, i -> converter.fromConnectData(TOPIC, rows[i].schema(), rows[i]));
            case WRITE_BY_RECORDS -> measure(way, i -> writeByRecord(mapping, writer, rows[i]));
            case READ -> measure(way, i -> converter.toConnectData(TOPIC, messages[i]));
            case READ_BY_RECORDS -> measure(way, i -> readByRecord(mapping, reader, messages[i]));
        }
    }

    private static byte[] writeByRecord(AvroData mapping, AvroWriter writer, Struct row) {
        Schema schema = mapping.fromConnectSchema(row.schema());
        return writer.write(TOPIC, schema, mapping.fromConnectData(row.schema(), row), MODEL);
    }

    private static SchemaAndValue readByRecord(AvroData mapping, AvroReader reader, byte[] message) {
        AvroReader.Read read = reader.read(message);
        return mapping.toConnectData(read.schema(), read.datum());
    }

    /** Measures what is made of each sample in turn; the last result is kept, so that none is left out as of no use. */
    private static void measure(Way way, IntFunction<Object> conversion) {
        convert(conversion, WARM_UP_ROWS);
        Stopwatch watch = new Stopwatch();
        for (int lap = 0; lap < LAPS; lap++) {
            convert(conversion, ROWS);
            System.out.println(watch.lap(way.title()).line());
        }
    }

    private static void convert(IntFunction<Object> conversion, int rows) {
        for (int row = 0; row < rows; row++) {
            LAST.setRelease(conversion.apply(row % SAMPLES));
        }
    }
}
