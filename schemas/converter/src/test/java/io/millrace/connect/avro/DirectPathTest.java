package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.apicurio.registry.utils.converter.avro.AvroData;
import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.AvroReader;
import io.millrace.schemas.serde.AvroSerdeConfig;
import io.millrace.schemas.serde.AvroWriter;
import io.millrace.schemas.serde.WireFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.util.RandomData;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What encoders and decoders come to is what they would have come to by way of Avro's records, errors too. */
@SuppressWarnings("JavaUtilDate")
final class DirectPathTest {

    private static final int SCHEMAS = 1000;
    private static final int VALUES = 4;

    /** Every way that Avro has and Connect has not, and blocks of nothing. */
    private static final String FOREIGN = """
            {"type": "record", "name": "a.Row", "fields": [
              {"name": "suit", "type": {"type": "enum", "name": "Suit", "symbols": ["CLUBS", "HEARTS"]}},
              {"name": "maybe", "type": ["null", "Suit"]},
              {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}},
              {"name": "last", "type": ["string", "null"], "default": "x"},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "clock", "type": {"type": "int", "logicalType": "time-millis"}},
              {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 9, "scale": 2}},
              {"name": "cost", "type": {"type": "fixed", "name": "Cost", "size": 5, "logicalType": "decimal", "precision": 9,
                "scale": 2, "connect.name": "org.apache.kafka.connect.data.Decimal"}},
              {"name": "inner", "type": {"type": "array", "items": {"type": "record", "name": "Inner", "fields": [
                {"name": "n", "type": "int"}, {"name": "m", "type": {"type": "map", "values": ["null", "double"]}}]}}},
              {"name": "again", "type": ["null", "Inner"]}%s]}
            """;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final AvroWriter avroWriter =
            new AvroWriter(registry, new AvroSerdeConfig(Map.of("schema.registry.url", "mock://unused")), false);

    private record Paths(
            AvroDataWriter mappedWriter, AvroDataReader mappedReader, ConnectWriter writer, ConnectReader reader) {}

    @ParameterizedTest
    @ValueSource(strings = {"none", "enhanced.avro.schema.support", "connect.meta.data"})
    void shouldCarryAnyValueOfAnySchema(String key) {
        Paths paths = paths(key.equals("none") ? Map.of() : Map.of(key, key.startsWith("enhanced")));
        int encoders = 0;
        int decoders = 0;
        int messages = 0;
        for (int seed = 0; seed < SCHEMAS; seed++) {
            SampleData sample = new SampleData(seed);
            Schema schema = seed % 4 == 0 ? sample.any() : sample.struct();
            org.apache.avro.Schema avroSchema = paths.mappedWriter().mapping().fromConnectSchema(schema);
            encoders += ValueEncoders.of(schema, avroSchema) == null ? 0 : 1;
            decoders += decoder(paths, avroSchema) == null ? 0 : 1;
            for (int i = 0; i < VALUES; i++) {
                String what = "seed " + seed + ", value " + i + " of " + avroSchema;
                byte[] message = written(paths, what, "t" + seed, schema, sample.value(schema));
                if (message != null) {
                    messages++;
                    read(paths, what, message);
                    read(paths, what, broken(message, new Random(seed)));
                }
            }
        }
        assertThat(encoders).as("schemas that have an encoder").isGreaterThan(SCHEMAS * 3 / 4);
        assertThat(decoders).as("schemas that have a decoder").isGreaterThan(SCHEMAS * 3 / 4);
        assertThat(messages).as("values that could be written").isGreaterThan(SCHEMAS * VALUES / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", {\"name\": \"next\", \"type\": [\"null\", \"Row\"]}",
                ", {\"name\": \"none\", \"type\": {\"type\": \"array\", \"items\": {\"type\": \"record\", \"name\": \"E\", \"fields\": []}}}",
                ", {\"name\": \"either\", \"type\": [\"null\", \"int\", \"Inner\"]}"
            })
    void shouldReadWhatOthersWrote(String more) {
        Paths paths = paths(Map.of());
        org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse(FOREIGN.formatted(more));
        Random random = new Random(7);
        for (Object datum : new RandomData(schema, 300, 7)) {
            byte[] message = avroWriter.write("t", schema, datum, new GenericData());
            read(paths, "an other's", message);
            read(paths, "an other's", broken(message, random));
        }
        assertThat(decoder(paths, schema) != null).isEqualTo(more.isEmpty());
    }

    private static ValueDecoder decoder(Paths paths, org.apache.avro.Schema schema) {
        return ValueDecoders.of(schema, paths.mappedReader().mapping().toConnectSchema(schema));
    }

    @Test
    void shouldServeSeveralThreads() {
        Paths paths = paths(Map.of());
        Schema schema = SchemaBuilder.struct()
                .name("a.Row")
                .field("text", Schema.STRING_SCHEMA)
                .build();
        IntStream.range(0, 20_000).parallel().forEach(i -> {
            Struct row = new Struct(schema).put("text", "text " + i);
            byte[] message = paths.writer().write("t", schema, row);
            assertThat(paths.reader().read(message).value()).isEqualTo(row);
        });
    }

    @Test
    void shouldSayWhatDoesNotFitAsRecordsWould() {
        Schema inner = SchemaBuilder.struct()
                .name("a.Inner")
                .field("city", Schema.STRING_SCHEMA)
                .build();
        Schema schema = SchemaBuilder.struct()
                .name("a.Row")
                .field("id", Schema.INT32_SCHEMA)
                .field("price", Decimal.builder(2).optional().build())
                .field(
                        "day",
                        org.apache.kafka.connect.data.Date.builder().optional().build())
                .field("at", Time.builder().optional().build())
                .field("inner", SchemaBuilder.array(inner).optional().build())
                .build();
        List<Object> list = new ArrayList<>();
        Struct withList = new Struct(schema).put("id", 1).put("inner", list);
        list.add(new Struct(inner));
        Paths paths = paths(Map.of());
        for (Object misfit : List.of(
                new Struct(schema),
                new Struct(inner).put("city", "Ulm"),
                new Struct(schema).put("id", 1).put("price", new BigDecimal("1.5")),
                new Struct(schema).put("id", 1).put("day", new Date(5)),
                new Struct(schema).put("id", 1).put("at", new Date(-1)),
                withList,
                "text")) {
            assertThat(written(paths, misfit.toString(), "t", schema, misfit)).isNull();
        }
    }

    private static byte[] written(Paths paths, String what, String topic, Schema schema, Object value) {
        if (value == null) {
            return null;
        }
        Object expected = outcome(() -> ByteBuffer.wrap(paths.mappedWriter().write(topic, schema, value)));
        Object actual = outcome(() -> ByteBuffer.wrap(paths.writer().write(topic, schema, value)));
        assertThat(actual).as(what).isEqualTo(expected);
        return actual instanceof ByteBuffer message ? Utils.toArray(message) : null;
    }

    private static void read(Paths paths, String what, byte[] message) {
        Object expected = outcome(() -> paths.mappedReader().read(message));
        Object actual = outcome(() -> paths.reader().read(message));
        assertThat(actual).as(what).isEqualTo(expected);
        if (expected instanceof SchemaAndValue data && data.value() instanceof Struct struct) {
            struct.validate();
        }
    }

    private static Object outcome(Supplier<Object> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            return e.toString();
        }
    }

    /** The message with a byte more, or less, or another one. */
    private static byte[] broken(byte[] message, Random random) {
        int place = random.nextInt(3);
        byte[] broken = Arrays.copyOf(message, message.length + (place == 0 ? 1 : place == 1 ? -1 : 0));
        if (broken.length > WireFormat.HEADER_BYTES) {
            broken[WireFormat.HEADER_BYTES + random.nextInt(broken.length - WireFormat.HEADER_BYTES)] =
                    (byte) random.nextInt();
        }
        return broken;
    }

    private Paths paths(Map<String, ?> config) {
        AvroData mapping = new AvroData(new AvroDataConfig(config));
        AvroDataWriter mappedWriter = new AvroDataWriter(mapping, avroWriter);
        AvroDataReader mappedReader =
                new AvroDataReader(mapping, AvroReader.generic(registry, LocalTimestamps::asTimestamps));
        return new Paths(
                mappedWriter,
                mappedReader,
                new ConnectWriter(mappedWriter, 100),
                new ConnectReader(mappedReader, registry, 100));
    }
}
