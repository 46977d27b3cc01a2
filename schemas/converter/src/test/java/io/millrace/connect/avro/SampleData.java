package io.millrace.connect.avro;

import io.apicurio.registry.utils.converter.avro.AvroData;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/** Random Connect schemas, and values that they take. */
@SuppressWarnings("JavaUtilDate")
final class SampleData {

    private static final int KINDS = 18;
    private static final int FLAT_KINDS = 13;
    private static final long DAY_MS = 24L * 60 * 60 * 1000;
    private static final long[] LONGS = {0, 1, -1, 63, 64, -64, -65, 8191, 8192, Long.MIN_VALUE, Long.MAX_VALUE};

    private final Random random;
    private int names;
    private boolean withDirectBuffers = true;

    SampleData(long seed) {
        this.random = new Random(seed);
    }

    /** A struct of up to ten fields, up to three more levels deep. */
    Schema struct() {
        return struct(SchemaBuilder.struct(), 3).build();
    }

    /** A schema of any type. */
    Schema any() {
        return schema(2);
    }

    private SchemaBuilder struct(SchemaBuilder builder, int depth) {
        builder.name("sample.Struct" + names++);
        int fields = random.nextInt(10);
        for (int i = 0; i < fields; i++) {
            builder.field("field" + i, schema(depth));
        }
        return builder;
    }

    private Schema schema(int depth) {
        SchemaBuilder builder = builder(depth);
        if (random.nextInt(3) == 0) {
            builder.optional();
        }
        if (random.nextInt(8) == 0) {
            builder.doc("some words").parameter("p", "q");
        }
        if (builder.type() != Schema.Type.STRUCT && random.nextInt(5) == 0) {
            builder.defaultValue(defaultValue(builder.build()));
        }
        return builder.build();
    }

    /** Defaults are turned to JSON, which takes the array behind a buffer. */
    private Object defaultValue(Schema schema) {
        withDirectBuffers = false;
        Object value = present(schema);
        withDirectBuffers = true;
        return value;
    }

    private SchemaBuilder builder(int depth) {
        return switch (random.nextInt(depth == 0 ? FLAT_KINDS : KINDS)) {
            case 0 -> SchemaBuilder.int8();
            case 1 -> SchemaBuilder.int16();
            case 2 -> SchemaBuilder.int32();
            case 3 -> SchemaBuilder.int64();
            case 4 -> SchemaBuilder.float32();
            case 5 -> SchemaBuilder.float64();
            case 6 -> SchemaBuilder.bool();
            case 7 -> random.nextInt(4) == 0 ? symbols() : SchemaBuilder.string();
            case 8 -> random.nextInt(4) == 0 ? fixed() : SchemaBuilder.bytes();
            case 9 -> decimal();
            case 10 -> org.apache.kafka.connect.data.Date.builder();
            case 11 -> Time.builder();
            case 12 -> Timestamp.builder();
            case 13 -> SchemaBuilder.array(schema(depth - 1));
            case 14 -> SchemaBuilder.map(Schema.STRING_SCHEMA, schema(depth - 1));
            case 15 -> SchemaBuilder.map(key(), schema(depth - 1)).name("sample.Entry" + names++);
            case 16 -> random.nextInt(4) == 0 ? union() : struct(SchemaBuilder.struct(), depth - 1);
            default -> struct(SchemaBuilder.struct(), depth - 1);
        };
    }

    private SchemaBuilder decimal() {
        SchemaBuilder decimal = Decimal.builder(random.nextInt(7));
        return random.nextBoolean() ? decimal : decimal.parameter("connect.decimal.precision", "38");
    }

    private SchemaBuilder symbols() {
        String name = "sample.Symbols" + names++;
        return SchemaBuilder.string()
                .name(name)
                .parameter(AvroData.AVRO_TYPE_ENUM, name)
                .parameter(AvroData.AVRO_TYPE_ENUM + ".A", "A")
                .parameter(AvroData.AVRO_TYPE_ENUM + ".B", "B");
    }

    private SchemaBuilder fixed() {
        return SchemaBuilder.bytes().name("sample.Fixed" + names++).parameter("connect.fixed.size", "3");
    }

    private static SchemaBuilder union() {
        return SchemaBuilder.struct()
                .name(AvroData.AVRO_TYPE_UNION)
                .field("int", Schema.OPTIONAL_INT32_SCHEMA)
                .field("string", Schema.OPTIONAL_STRING_SCHEMA);
    }

    private Schema key() {
        return random.nextBoolean() ? Schema.OPTIONAL_STRING_SCHEMA : Schema.INT32_SCHEMA;
    }

    /** A value of {@code schema}, at times null where that is allowed. */
    Object value(Schema schema) {
        boolean mayBeNull = schema.isOptional() || schema.defaultValue() != null;
        return mayBeNull && random.nextInt(4) == 0 ? schema.defaultValue() : present(schema);
    }

    private Object present(Schema schema) {
        if (Decimal.LOGICAL_NAME.equals(schema.name())) {
            int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
            return new BigDecimal(unscaled(), scale);
        } else if (org.apache.kafka.connect.data.Date.LOGICAL_NAME.equals(schema.name())) {
            return new Date((random.nextInt(200_000) - 100_000) * DAY_MS);
        } else if (Time.LOGICAL_NAME.equals(schema.name())) {
            return new Date(random.nextInt((int) DAY_MS + 1));
        } else if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
            return random.nextBoolean() ? new Date(number()) : new java.sql.Timestamp(random.nextInt());
        }
        return switch (schema.type()) {
            case INT8 -> (byte) number();
            case INT16 -> (short) number();
            case INT32 -> (int) number();
            case INT64 -> number();
            case FLOAT32 -> Float.intBitsToFloat(random.nextInt());
            case FLOAT64 -> random.nextInt(9) == 0 ? Double.NaN : random.nextGaussian();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> isEnum(schema) ? (random.nextBoolean() ? "A" : "B") : text();
            case BYTES -> bytes(schema);
            case ARRAY -> list(schema.valueSchema());
            case MAP -> map(schema);
            case STRUCT -> struct(schema);
        };
    }

    private BigInteger unscaled() {
        return random.nextInt(3) == 0
                ? new BigInteger(1 + random.nextInt(120), random).negate()
                : BigInteger.valueOf(number());
    }

    private long number() {
        return switch (random.nextInt(3)) {
            case 0 -> LONGS[random.nextInt(LONGS.length)];
            case 1 -> random.nextLong() >> random.nextInt(Long.SIZE);
            default -> random.nextInt(1000);
        };
    }

    private static boolean isEnum(Schema schema) {
        return schema.parameters() != null && schema.parameters().containsKey(AvroData.AVRO_TYPE_ENUM);
    }

    private String text() {
        int length = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(20);
        StringBuilder text = new StringBuilder();
        boolean isAscii = random.nextInt(3) > 0;
        for (int i = 0; i < length; i++) {
            text.append((char) (isAscii ? ' ' + random.nextInt(95) : random.nextInt(0x10000)));
        }
        return text.toString();
    }

    private Object bytes(Schema schema) {
        boolean isFixed = schema.parameters() != null && schema.parameters().containsKey("connect.fixed.size");
        byte[] bytes = new byte[isFixed ? 3 : random.nextInt(40)];
        random.nextBytes(bytes);
        if (isFixed || !withDirectBuffers || random.nextInt(3) > 0) {
            return random.nextBoolean() ? bytes : ByteBuffer.wrap(bytes);
        }
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private List<Object> list(Schema element) {
        List<Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(value(element));
        }
        return list;
    }

    private Map<Object, Object> map(Schema schema) {
        Map<Object, Object> map = switch (random.nextInt(3)) {
            case 0 -> new HashMap<>(64);
            case 1 -> new LinkedHashMap<>();
            default -> new TreeMap<>();
        };
        int size = random.nextInt(6);
        for (int i = 0; i < size; i++) {
            map.put(present(schema.keySchema()), value(schema.valueSchema()));
        }
        return map;
    }

    private Struct struct(Schema schema) {
        Struct struct = new Struct(schema);
        if (AvroData.AVRO_TYPE_UNION.equals(schema.name())) {
            return random.nextBoolean() ? struct.put("int", 5) : struct.put("string", text());
        }
        for (Field field : schema.fields()) {
            struct.put(field, value(field.schema()));
        }
        return struct;
    }
}
