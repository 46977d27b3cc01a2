package io.millrace.connect.avro;

import static java.util.Objects.requireNonNull;

import io.apicurio.registry.utils.converter.ConnectUnion;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema.Type;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the encoder of a Connect schema, for the Avro schema that {@link AvroData} made of it. Null stands for a shape it leaves. */
final class ValueEncoders {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_ENCODERS = 10_000;

    private int count;

    private ValueEncoders() {}

    /** The encoder; null where only {@link AvroDataWriter} knows the shape, or it is too deep. */
    static @Nullable ValueEncoder of(Schema schema, org.apache.avro.Schema avroSchema) {
        if (avroSchema.getType() == Type.BYTES) {
            return null;
        }
        return new ValueEncoders().encoder(schema, avroSchema, 0);
    }

    private @Nullable ValueEncoder encoder(@Nullable Schema schema, org.apache.avro.Schema avroSchema, int depth) {
        count++;
        if (schema == null || depth > MAX_DEPTH || count > MAX_ENCODERS) {
            return null;
        }
        if (!schema.isOptional()) {
            return present(schema, avroSchema, depth + 1);
        }
        int nullIndex = AvroShapes.nullIndex(avroSchema);
        if (nullIndex < 0) {
            return null;
        }
        ValueEncoder present = present(schema, avroSchema.getTypes().get(1 - nullIndex), depth + 1);
        return present == null ? null : new NullableEncoder(nullIndex, present);
    }

    private @Nullable ValueEncoder present(Schema schema, org.apache.avro.Schema avroSchema, int depth) {
        Type type = avroSchema.getType();
        if (LogicalTypes.has(schema.name())) {
            return LogicalTypes.encoder(schema, type);
        }
        return switch (schema.type()) {
            case ARRAY -> array(schema, avroSchema, depth);
            case MAP -> map(schema, avroSchema, depth);
            case STRUCT -> struct(schema, avroSchema, depth);
            case STRING -> type == Type.ENUM ? symbol(schema, avroSchema) : primitive(schema.type(), type);
            default -> primitive(schema.type(), type);
        };
    }

    private static @Nullable ValueEncoder primitive(Schema.Type from, Type to) {
        if (from == Schema.Type.INT8 && to == Type.INT) {
            return (value, out) -> out.writeLong((Byte) requireNonNull(value));
        } else if (from == Schema.Type.INT16 && to == Type.INT) {
            return (value, out) -> out.writeLong((Short) requireNonNull(value));
        } else if (from == Schema.Type.INT32 && to == Type.INT) {
            return (value, out) -> out.writeLong((Integer) requireNonNull(value));
        } else if (from == Schema.Type.INT64 && to == Type.LONG) {
            return (value, out) -> out.writeLong((Long) requireNonNull(value));
        } else if (from == Schema.Type.FLOAT32 && to == Type.FLOAT) {
            return (value, out) -> out.writeFloat((Float) requireNonNull(value));
        } else if (from == Schema.Type.FLOAT64 && to == Type.DOUBLE) {
            return (value, out) -> out.writeDouble((Double) requireNonNull(value));
        } else if (from == Schema.Type.BOOLEAN && to == Type.BOOLEAN) {
            return (value, out) -> out.writeBoolean((Boolean) requireNonNull(value));
        } else if (from == Schema.Type.STRING && to == Type.STRING) {
            return (value, out) -> out.writeString((String) requireNonNull(value));
        } else if (from == Schema.Type.BYTES && to == Type.BYTES) {
            return ValueEncoders::writeBytes;
        }
        return null;
    }

    private static void writeBytes(@Nullable Object value, BinaryOutput out) {
        if (value instanceof byte[] bytes) {
            out.writeBytes(bytes);
        } else {
            out.writeBytes((ByteBuffer) requireNonNull(value));
        }
    }

    private static @Nullable ValueEncoder symbol(Schema schema, org.apache.avro.Schema avroSchema) {
        Map<String, String> parameters = schema.parameters();
        boolean isNamed = parameters != null
                && avroSchema.getFullName().equals(parameters.get(AvroData.AVRO_TYPE_ENUM))
                && !parameters.containsKey(AvroData.GENERALIZED_TYPE_ENUM);
        return isNamed
                ? (value, out) -> out.writeLong(avroSchema.getEnumOrdinal((String) requireNonNull(value)))
                : null;
    }

    private @Nullable ValueEncoder array(Schema schema, org.apache.avro.Schema avroSchema, int depth) {
        if (avroSchema.getType() != Type.ARRAY) {
            return null;
        }
        ValueEncoder element = encoder(schema.valueSchema(), avroSchema.getElementType(), depth);
        return element == null ? null : ContainerEncoders.array(element);
    }

    private @Nullable ValueEncoder map(Schema schema, org.apache.avro.Schema avroSchema, int depth) {
        Schema keySchema = schema.keySchema();
        if (keySchema.type() == Schema.Type.STRING && !keySchema.isOptional()) {
            ValueEncoder value = avroSchema.getType() == Type.MAP
                    ? encoder(schema.valueSchema(), avroSchema.getValueType(), depth)
                    : null;
            return value == null ? null : ContainerEncoders.map(value);
        }
        if (avroSchema.getType() != Type.ARRAY
                || !hasFields(avroSchema.getElementType(), List.of(AvroData.KEY_FIELD, AvroData.VALUE_FIELD))) {
            return null;
        }
        List<org.apache.avro.Schema.Field> entry = avroSchema.getElementType().getFields();
        ValueEncoder key = encoder(keySchema, entry.get(0).schema(), depth);
        ValueEncoder value = encoder(schema.valueSchema(), entry.get(1).schema(), depth);
        return key == null || value == null ? null : ContainerEncoders.entries(key, value);
    }

    private @Nullable ValueEncoder struct(Schema schema, org.apache.avro.Schema avroSchema, int depth) {
        List<Field> fields = schema.fields();
        if (AvroData.AVRO_TYPE_UNION.equals(schema.name())
                || ConnectUnion.isUnion(schema)
                || !hasFields(avroSchema, fields.stream().map(Field::name).toList())) {
            return null;
        }
        ValueEncoder[] encoders = new ValueEncoder[fields.size()];
        for (int i = 0; i < encoders.length; i++) {
            ValueEncoder encoder = encoder(
                    fields.get(i).schema(), avroSchema.getFields().get(i).schema(), depth);
            if (encoder == null) {
                return null;
            }
            encoders[i] = encoder;
        }
        return new StructEncoder(schema, encoders);
    }

    private static boolean hasFields(org.apache.avro.Schema avroSchema, List<String> names) {
        return avroSchema.getType() == Type.RECORD
                && avroSchema.getFields().stream()
                        .map(org.apache.avro.Schema.Field::name)
                        .toList()
                        .equals(names);
    }
}
