package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.WireFormat;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
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
    void shouldCarryOneStructInSeveralPlacesOptionalOrNot() {
        Schema optional = SchemaBuilder.struct()
                .name(ADDRESS.name())
                .field("city", Schema.STRING_SCHEMA)
                .optional()
                .build();
        Schema both = SchemaBuilder.struct()
                .name("a.Both")
                .field("first", ADDRESS)
                .field("second", optional)
                .field("third", optional)
                .build();
        Struct row = new Struct(both)
                .put("first", new Struct(ADDRESS).put("city", "Ulm"))
                .put("second", new Struct(optional).put("city", "Köln"));
        AvroConverter converter = converter(Map.of(), false);
        assertThat(roundTrip(converter, "t", both, row)).isEqualTo(row);
        assertThat(registry.latest("t-value").orElseThrow().schema().toString()).containsOnlyOnce("\"city\"");
    }

    private static Object roundTrip(AvroConverter converter, String topic, Schema schema, Object value) {
        return converter
                .toConnectData(topic, converter.fromConnectData(topic, schema, value))
                .value();
    }

    private AvroConverter converter(Map<String, String> config, boolean isKey) {
        Map<String, String> all = new HashMap<>(config);
        all.put("schema.registry.url", "mock://" + scope);
        AvroConverter converter = new AvroConverter();
        converter.configure(all, isKey);
        return converter;
    }
}
