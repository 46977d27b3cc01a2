package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.AvroSerdeConfig;
import io.millrace.schemas.serde.AvroWriter;
import io.millrace.schemas.serde.WireFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

final class AvroConverterTest {

    private static final Schema ADDRESS = SchemaBuilder.struct()
            .name("a.Address")
            .field("city", Schema.STRING_SCHEMA)
            .build();

    private static final Schema PERSON = SchemaBuilder.struct()
            .name("a.Person")
            .field("small", Schema.INT8_SCHEMA)
            .field("medium", Schema.OPTIONAL_INT16_SCHEMA)
            .field(
                    "price",
                    Decimal.builder(2)
                            .parameter("connect.decimal.precision", "10")
                            .build())
            .field("wide", Decimal.schema(4))
            .field(
                    "born",
                    org.apache.kafka.connect.data.Date.builder().optional().build())
            .field("at", Time.SCHEMA)
            .field("seen", Timestamp.builder().optional().build())
            .field("address", ADDRESS)
            .field("others", SchemaBuilder.array(ADDRESS).build())
            .field(
                    "scores",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_FLOAT64_SCHEMA)
                            .build())
            .field(
                    "by_id",
                    SchemaBuilder.map(Schema.INT32_SCHEMA, Schema.STRING_SCHEMA).build())
            .field("raw", Schema.OPTIONAL_BYTES_SCHEMA)
            .field("limit", SchemaBuilder.int64().defaultValue(7L).build())
            .build();

    private String scope = "";
    private InMemorySchemaRegistry registry = InMemorySchemaRegistry.shared("");

    @BeforeEach
    void ownRegistry(TestInfo test) {
        scope = getClass().getName() + "." + test.getTestMethod().orElseThrow().getName();
        registry = InMemorySchemaRegistry.shared(scope);
    }

    @Test
    void shouldBeFoundByWorkers() {
        assertThat(ServiceLoader.load(Converter.class).stream().map(ServiceLoader.Provider::type))
                .contains(AvroConverter.class);
        assertThat(new AvroConverter().config().names())
                .contains("schema.registry.url", "value.subject.name.strategy", "connect.meta.data");
    }

    @Test
    void shouldReadBackWhatItWrote() {
        Struct person = new Struct(PERSON)
                .put("small", (byte) -3)
                .put("medium", (short) 300)
                .put("price", new BigDecimal("-12.34"))
                .put("wide", new BigDecimal("123456789012345678901234567890.1234"))
                .put("born", Date.from(Instant.ofEpochMilli(0)))
                .put("at", Date.from(Instant.ofEpochMilli(1000)))
                .put("seen", Date.from(Instant.ofEpochMilli(1_700_000_000_123L)))
                .put("address", new Struct(ADDRESS).put("city", "Köln"))
                .put("others", List.of(new Struct(ADDRESS).put("city", "Ulm")))
                .put("scores", new HashMap<>(Map.of("a", 1.5)))
                .put("by_id", Map.of(1, "one"))
                .put("raw", ByteBuffer.wrap(new byte[] {1, 2}))
                .put("limit", 8L);
        AvroConverter converter = converter(Map.of(), false);
        byte[] bytes = converter.fromConnectData("t", PERSON, person);
        SchemaAndValue read = converter.toConnectData("t", bytes);
        assertThat(read.value()).isEqualTo(person);
        assertThat(read.schema()).isEqualTo(PERSON);
    }

    @Test
    void shouldCarryNullsAsNulls() {
        AvroConverter converter = converter(Map.of(), false);
        assertThat(converter.fromConnectData("t", null, null)).isNull();
        assertThat(converter.fromConnectData("t", PERSON, null)).isNull();
        assertThat(converter.toConnectData("t", null)).isEqualTo(SchemaAndValue.NULL);
        assertThat(registry.latest("t-value")).isEmpty();
    }

    @Test
    void shouldRegisterKeysAndValuesApart() {
        converter(Map.of(), true).fromConnectData("t", Schema.STRING_SCHEMA, "k");
        converter(Map.of(), false).fromConnectData("t", Schema.INT64_SCHEMA, 1L);
        assertThat(registry.latest("t-key").orElseThrow().schema().getType())
                .isEqualTo(org.apache.avro.Schema.Type.STRING);
        assertThat(registry.latest("t-value").orElseThrow().schema().getType())
                .isEqualTo(org.apache.avro.Schema.Type.LONG);
    }

    @Test
    void shouldNameSubjectsByRecordWhenTold() {
        String strategy = "io.confluent.kafka.serializers.subject.TopicRecordNameStrategy";
        AvroConverter converter = converter(Map.of("value.subject.name.strategy", strategy), false);
        converter.fromConnectData("t", ADDRESS, new Struct(ADDRESS).put("city", "Ulm"));
        assertThat(registry.latest("t-a.Address")).isPresent();
    }

    @Test
    void shouldCarryWhatIsNoRecord() {
        AvroConverter converter = converter(Map.of(), false);
        assertThat(roundTrip(converter, "s", Schema.STRING_SCHEMA, "text")).isEqualTo("text");
        assertThat(roundTrip(converter, "l", Schema.INT64_SCHEMA, 5L)).isEqualTo(5L);
        assertThat(roundTrip(converter, "b", Schema.BYTES_SCHEMA, new byte[] {1, 2, 3}))
                .isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertThat(roundTrip(converter, "schemaless", null, Map.of("a", List.of(1, "x"))))
                .isEqualTo(Map.of("a", List.of(1, "x")));
    }

    @Test
    void shouldLeaveConnectsMetaDataOutWhenTold() {
        converter(Map.of("connect.meta.data", "false"), false)
                .fromConnectData("t", ADDRESS, new Struct(ADDRESS).put("city", "Ulm"));
        assertThat(registry.latest("t-value").orElseThrow().schema().toString()).doesNotContain("connect.");
        converter(Map.of(), false).fromConnectData("u", ADDRESS, new Struct(ADDRESS).put("city", "Ulm"));
        assertThat(registry.latest("u-value").orElseThrow().schema().toString()).contains("connect.name");
    }

    @Test
    void shouldReadUnionsEnumsFixedAndNestedRecords() {
        org.apache.avro.Schema schema = new org.apache.avro.Schema.Parser().parse("""
                {"type": "record", "name": "a.Row", "fields": [
                  {"name": "either", "type": ["null", "string", "long", {"type": "record", "name": "Inner", "fields": [
                    {"name": "n", "type": "int"}]}]},
                  {"name": "other", "type": ["null", "string", "long", "Inner"]},
                  {"name": "suit", "type": {"type": "enum", "name": "Suit", "symbols": ["CLUBS", "HEARTS"]}},
                  {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 2}},
                  {"name": "next", "type": ["null", "a.Row"], "default": null}]}
                """);
        org.apache.avro.Schema inner =
                schema.getField("either").schema().getTypes().get(3);
        GenericRecord last = new GenericRecordBuilder(schema)
                .set("either", 5L)
                .set("other", null)
                .set("suit", new GenericData.EnumSymbol(schema.getField("suit").schema(), "HEARTS"))
                .set("hash", new GenericData.Fixed(schema.getField("hash").schema(), new byte[] {1, 2}))
                .build();
        GenericRecord first = new GenericRecordBuilder((GenericData.Record) last)
                .set("either", new GenericRecordBuilder(inner).set("n", 9).build())
                .set("next", last)
                .build();
        Struct read = (Struct) read(schema, first).value();
        assertThat(read.getStruct("either").getStruct("Inner").getInt32("n")).isEqualTo(9);
        assertThat(read.getStruct("other")).isNull();
        assertThat(read.getString("suit")).isEqualTo("HEARTS");
        assertThat(read.get("hash")).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(read.getStruct("next").getStruct("either").getInt64("long")).isEqualTo(5L);
    }

    @Test
    void shouldReadLocalTimestampsAsTimestamps() {
        org.apache.avro.Schema local = new org.apache.avro.Schema.Parser().parse("""
                {"type": "record", "name": "a.Times", "fields": [
                  {"name": "local", "type": ["null", {"type": "long", "logicalType": "local-timestamp-millis"}]},
                  {"name": "many", "type": {"type": "array", "items": {"type": "long", "logicalType": "local-timestamp-millis"}}},
                  {"name": "fine", "type": {"type": "long", "logicalType": "local-timestamp-micros"}},
                  {"name": "micros", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                  {"name": "clock", "type": {"type": "long", "logicalType": "time-micros"}}]}
                """);
        GenericRecord row = new GenericRecordBuilder(local)
                .set("local", 1001L)
                .set("many", List.of(1002L))
                .set("fine", 1003L)
                .set("micros", 1004L)
                .set("clock", 1005L)
                .build();
        Struct read = (Struct) read(local, row).value();
        assertThat(read.get("local")).isEqualTo(Date.from(Instant.ofEpochMilli(1001)));
        assertThat(read.schema().field("local").schema().name()).isEqualTo(Timestamp.LOGICAL_NAME);
        assertThat(read.getArray("many")).isEqualTo(List.of(Date.from(Instant.ofEpochMilli(1002))));
        assertThat(read.get("fine")).isEqualTo(1003L);
        assertThat(read.get("micros")).isEqualTo(1004L);
        assertThat(read.get("clock")).isEqualTo(1005L);
    }

    @Test
    void shouldWriteWithTheNewestVersionWhenTold() {
        registry.register(
                "t-value",
                org.apache.avro.SchemaBuilder.record("a.Address")
                        .fields()
                        .optionalString("street")
                        .requiredString("city")
                        .endRecord());
        AvroConverter converter =
                converter(Map.of("auto.register.schemas", "false", "use.latest.version", "true"), false);
        byte[] bytes = converter.fromConnectData("t", ADDRESS, new Struct(ADDRESS).put("city", "Ulm"));
        assertThat(WireFormat.schemaId(bytes)).isEqualTo(1);
        Struct read = (Struct) converter.toConnectData("t", bytes).value();
        assertThat(read.getString("city")).isEqualTo("Ulm");
        assertThat(read.get("street")).isNull();
    }

    @Test
    void shouldSayWhichTopicHasBytesInAnotherFormat() {
        AvroConverter converter = converter(Map.of(), true);
        assertThatThrownBy(() -> converter.toConnectData("orders", new byte[] {'{', '}', ' ', ' ', ' ', ' '}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Key of topic 'orders'")
                .hasMessageContaining("wire format");
        assertThatThrownBy(() -> converter.toConnectData("orders", new byte[] {0, 0, 0, 0, 99, 1}))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("Key of topic 'orders'")
                .hasMessageContaining("99");
    }

    @Test
    void shouldRefuseBytesThatDoNotFitTheirSchema() {
        AvroConverter converter = converter(Map.of(), false);
        byte[] bytes = converter.fromConnectData("t", ADDRESS, new Struct(ADDRESS).put("city", "Ulm"));
        for (int length : new int[] {WireFormat.HEADER_BYTES, bytes.length - 1, bytes.length + 1}) {
            assertThatThrownBy(() -> converter.toConnectData("t", Arrays.copyOf(bytes, length)))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Value of topic 't'");
        }
    }

    @Test
    void shouldSayWhichSubjectAnIncompatibleSchemaWasFor() {
        AvroConverter converter = converter(Map.of(), false);
        converter.fromConnectData("t", Schema.STRING_SCHEMA, "text");
        assertThatThrownBy(() -> converter.fromConnectData("t", Schema.INT64_SCHEMA, 1L))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic 't'")
                .hasMessageContaining("subject 't-value'")
                .hasMessageContaining("not compatible");
    }

    @Test
    void shouldRefuseNamesThatAvroDoesNotKnow() {
        Schema odd = SchemaBuilder.struct()
                .name("a.b")
                .field("not a name", Schema.STRING_SCHEMA)
                .build();
        assertThatThrownBy(() ->
                        converter(Map.of(), false).fromConnectData("t", odd, new Struct(odd).put("not a name", "x")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("topic 't'")
                .hasMessageContaining("not a name");
    }

    @Test
    void shouldAskTheWorkerToTryAgainWhenTheRegistryIsAway() {
        AvroConverter converter = new AvroConverter();
        converter.configure(Map.of("schema.registry.url", "http://127.0.0.1:1", "max.retries", "0"), false);
        assertThatThrownBy(() -> converter.fromConnectData("t", Schema.STRING_SCHEMA, "text"))
                .isInstanceOf(RetriableException.class);
        assertThatThrownBy(() -> converter.toConnectData("t", new byte[] {0, 0, 0, 0, 1, 2}))
                .isInstanceOf(RetriableException.class);
    }

    @Test
    void shouldRefuseKeysThatItCannotFollow() {
        assertThatThrownBy(() -> converter(Map.of("scrub.invalid.names", "true"), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("scrub.invalid.names");
    }

    private static Object roundTrip(AvroConverter converter, String topic, Schema schema, Object value) {
        return converter
                .toConnectData(topic, converter.fromConnectData(topic, schema, value))
                .value();
    }

    /** What the converter makes of Avro data that someone else wrote. */
    private SchemaAndValue read(org.apache.avro.Schema schema, Object datum) {
        AvroSerdeConfig config = new AvroSerdeConfig(Map.of("schema.registry.url", "mock://" + scope));
        byte[] bytes = new AvroWriter(registry, config, false).write("t", schema, datum, new GenericData());
        return converter(Map.of(), false).toConnectData("t", bytes);
    }

    private AvroConverter converter(Map<String, String> config, boolean isKey) {
        Map<String, String> all = new HashMap<>(config);
        all.put("schema.registry.url", "mock://" + scope);
        AvroConverter converter = new AvroConverter();
        converter.configure(all, isKey);
        return converter;
    }
}
