package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.AvroSerdeConfig;
import io.millrace.schemas.serde.AvroWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Avro that someone else wrote. */
final class ForeignAvroTest {

    private String scope = "";
    private InMemorySchemaRegistry registry = InMemorySchemaRegistry.shared("");

    @BeforeEach
    void ownRegistry(TestInfo test) {
        scope = getClass().getName() + "." + test.getTestMethod().orElseThrow().getName();
        registry = InMemorySchemaRegistry.shared(scope);
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
    void shouldCarryEnumsWithTheirSymbolsWhenTold() {
        org.apache.avro.Schema suit =
                org.apache.avro.SchemaBuilder.enumeration("a.Suit").symbols("CLUBS", "HEARTS");
        org.apache.avro.Schema schema = org.apache.avro.SchemaBuilder.record("a.Card")
                .fields()
                .name("suit")
                .type(suit)
                .noDefault()
                .endRecord();
        SchemaAndValue read = read(
                schema,
                new GenericRecordBuilder(schema)
                        .set("suit", new GenericData.EnumSymbol(suit, "HEARTS"))
                        .build());
        AvroConverter converter = converter(Map.of("enhanced.avro.schema.support", "true"), false);
        converter.fromConnectData("again", read.schema(), read.value());
        assertThat(registry.latest("again-value")
                        .orElseThrow()
                        .schema()
                        .getField("suit")
                        .schema()
                        .getEnumSymbols())
                .containsExactly("CLUBS", "HEARTS");
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
