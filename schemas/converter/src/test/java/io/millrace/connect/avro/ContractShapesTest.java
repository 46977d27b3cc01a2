package io.millrace.connect.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Quarantined;
import io.millrace.event.SourceEnd;
import io.millrace.event.SourceEndKey;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.AvroSerde;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.JsonProperties;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connectors write contracts as Connect structs, agents read them as generated classes: one must be the other. */
final class ContractShapesTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldMapAStructOfItsShapeToTheContract(boolean metaData) {
        for (org.apache.avro.Schema contract :
                List.of(SourceEnd.getClassSchema(), SourceEndKey.getClassSchema(), Quarantined.getClassSchema())) {
            String scope = "contracts-" + metaData + contract.getName();
            Schema shape = shape(contract);
            converter(scope, metaData).fromConnectData("t", shape, filled(shape));
            org.apache.avro.Schema mapped = InMemorySchemaRegistry.shared(scope)
                    .latest("t-value")
                    .orElseThrow()
                    .schema();
            assertCompatible(mapped, contract);
            assertCompatible(contract, mapped);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldCarryAnEndBothWays(boolean metaData) {
        String scope = "ends-" + metaData;
        AvroConverter converter = converter(scope, metaData);
        AvroSerde<SourceEnd> serde = new AvroSerde<>();
        serde.configure(Map.of("schema.registry.url", "mock://" + scope, "specific.avro.reader", "true"), false);
        Struct struct = filled(shape(SourceEnd.getClassSchema()));

        SourceEnd end = serde.deserializer().deserialize("t", converter.fromConnectData("t", struct.schema(), struct));
        assertThat(end.getConnector()).isEqualTo("connector");
        assertThat(end.getDeadLetters()).isEqualTo(5L);
        assertThat(end.getEndedAt()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));

        byte[] bytes = serde.serializer().serialize("t", end);
        Struct back = (Struct) converter.toConnectData("t", bytes).value();
        for (Field field : struct.schema().fields()) {
            assertThat(back.get(field.name())).as(field.name()).isEqualTo(struct.get(field));
        }
    }

    /** The struct that a connector would build for a contract. */
    private static Schema shape(org.apache.avro.Schema contract) {
        SchemaBuilder struct = SchemaBuilder.struct().name(contract.getFullName());
        for (org.apache.avro.Schema.Field field : contract.getFields()) {
            SchemaBuilder builder = builder(field.schema());
            if (field.hasDefaultValue() && field.defaultVal() != JsonProperties.NULL_VALUE) {
                builder.defaultValue(field.defaultVal());
            }
            struct.field(field.name(), builder.build());
        }
        return struct.build();
    }

    private static SchemaBuilder builder(org.apache.avro.Schema type) {
        return switch (type.getType()) {
            case STRING -> SchemaBuilder.string();
            case INT -> SchemaBuilder.int32();
            case LONG -> type.getLogicalType() == null ? SchemaBuilder.int64() : Timestamp.builder();
            case BYTES -> SchemaBuilder.bytes();
            case ARRAY -> SchemaBuilder.array(shape(type.getElementType()));
            case UNION -> builder(type.getTypes().get(1)).optional();
            default -> throw new AssertionError("no connector writes " + type);
        };
    }

    private static Struct filled(Schema shape) {
        Struct struct = new Struct(shape);
        for (Field field : shape.fields()) {
            struct.put(field, value(field.schema(), field));
        }
        return struct;
    }

    private static Object value(Schema schema, Field field) {
        if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
            return Date.from(Instant.ofEpochMilli(1_700_000_000_123L));
        }
        return switch (schema.type()) {
            case STRING -> field.name();
            case INT32 -> field.index();
            case INT64 -> (long) field.index();
            case BYTES -> ByteBuffer.wrap(new byte[] {1, 2, 3});
            case ARRAY -> List.of(filled(schema.valueSchema()));
            default -> throw new AssertionError("no connector writes " + schema);
        };
    }

    private static void assertCompatible(org.apache.avro.Schema reader, org.apache.avro.Schema writer) {
        assertThat(SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType())
                .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
    }

    private static AvroConverter converter(String scope, boolean metaData) {
        Map<String, String> config = new HashMap<>();
        config.put("schema.registry.url", "mock://" + scope);
        config.put("connect.meta.data", Boolean.toString(metaData));
        AvroConverter converter = new AvroConverter();
        converter.configure(config, false);
        return converter;
    }
}
