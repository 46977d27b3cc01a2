package io.millrace.connect.avro;

import io.apicurio.registry.utils.converter.ConnectUnion;
import io.apicurio.registry.utils.converter.avro.AvroData;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema.Type;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the decoder of an Avro schema, for the Connect schema that {@link AvroData} made of it. Null stands for a shape it leaves. */
final class ValueDecoders {

    private static final int MAX_DEPTH = 64;
    private static final int MAX_DECODERS = 10_000;

    private int count;

    private ValueDecoders() {}

    /** The decoder; null where only {@link AvroDataReader} knows the shape, or it is too deep. */
    static @Nullable ValueDecoder of(org.apache.avro.Schema avroSchema, @Nullable Schema schema) {
        if (avroSchema.getType() == Type.BYTES) {
            return null;
        }
        return new ValueDecoders().decoder(avroSchema, schema, 0);
    }

    private @Nullable ValueDecoder decoder(org.apache.avro.Schema avroSchema, @Nullable Schema schema, int depth) {
        count++;
        if (depth > MAX_DEPTH || count > MAX_DECODERS || !(schema instanceof ConnectSchema)) {
            return null;
        }
        if (!avroSchema.isUnion()) {
            return present(avroSchema, schema, depth + 1);
        }
        int nullIndex = AvroShapes.nullIndex(avroSchema);
        if (nullIndex < 0 || !schema.isOptional()) {
            return null;
        }
        ValueDecoder present = present(avroSchema.getTypes().get(1 - nullIndex), schema, depth + 1);
        return present == null ? null : new NullableDecoder(nullIndex, present);
    }

    private @Nullable ValueDecoder present(org.apache.avro.Schema avroSchema, Schema schema, int depth) {
        if (LogicalTypes.has(schema.name())) {
            return LogicalTypes.decoder(schema, avroSchema);
        }
        return switch (schema.type()) {
            case ARRAY -> array(avroSchema, schema, depth);
            case MAP -> map(avroSchema, schema, depth);
            case STRUCT -> struct(avroSchema, schema, depth);
            case STRING -> string(avroSchema);
            case BYTES -> bytes(avroSchema);
            default -> primitive(avroSchema.getType(), schema.type());
        };
    }

    private static @Nullable ValueDecoder primitive(Type from, Schema.Type to) {
        if (from == Type.INT && to == Schema.Type.INT8) {
            return in -> (byte) in.readInt();
        } else if (from == Type.INT && to == Schema.Type.INT16) {
            return in -> (short) in.readInt();
        } else if (from == Type.INT && to == Schema.Type.INT32) {
            return BinaryInput::readInt;
        } else if (from == Type.LONG && to == Schema.Type.INT64) {
            return BinaryInput::readLong;
        } else if (from == Type.FLOAT && to == Schema.Type.FLOAT32) {
            return BinaryInput::readFloat;
        } else if (from == Type.DOUBLE && to == Schema.Type.FLOAT64) {
            return BinaryInput::readDouble;
        } else if (from == Type.BOOLEAN && to == Schema.Type.BOOLEAN) {
            return BinaryInput::readBoolean;
        }
        return null;
    }

    private static @Nullable ValueDecoder string(org.apache.avro.Schema avroSchema) {
        if (avroSchema.getType() == Type.STRING) {
            return BinaryInput::readString;
        } else if (avroSchema.getType() == Type.ENUM) {
            List<String> symbols = List.copyOf(avroSchema.getEnumSymbols());
            return in -> symbols.get(in.readInt());
        }
        return null;
    }

    private static @Nullable ValueDecoder bytes(org.apache.avro.Schema avroSchema) {
        if (avroSchema.getType() == Type.BYTES) {
            return in -> ByteBuffer.wrap(in.readBytes());
        } else if (avroSchema.getType() == Type.FIXED) {
            int size = avroSchema.getFixedSize();
            return in -> ByteBuffer.wrap(in.readFixed(size));
        }
        return null;
    }

    private @Nullable ValueDecoder array(org.apache.avro.Schema avroSchema, Schema schema, int depth) {
        if (avroSchema.getType() != Type.ARRAY || AvroShapes.mayTakeNoBytes(avroSchema.getElementType())) {
            return null;
        }
        ValueDecoder element = decoder(avroSchema.getElementType(), schema.valueSchema(), depth);
        return element == null ? null : ContainerDecoders.array(element);
    }

    private @Nullable ValueDecoder map(org.apache.avro.Schema avroSchema, Schema schema, int depth) {
        Schema keySchema = schema.keySchema();
        boolean isOfStrings = keySchema.type() == Schema.Type.STRING && !keySchema.isOptional();
        if (isOfStrings && avroSchema.getType() == Type.MAP) {
            ValueDecoder value = decoder(avroSchema.getValueType(), schema.valueSchema(), depth);
            return value == null ? null : ContainerDecoders.map(BinaryInput::readString, value);
        }
        if (isOfStrings
                || avroSchema.getType() != Type.ARRAY
                || AvroShapes.mayTakeNoBytes(avroSchema.getElementType())) {
            return null;
        }
        List<org.apache.avro.Schema.Field> entry = avroSchema.getElementType().getFields();
        if (entry.size() != 2 || !entry.get(0).name().equals(AvroData.KEY_FIELD)) {
            return null;
        }
        ValueDecoder key = decoder(entry.get(0).schema(), keySchema, depth);
        ValueDecoder value = decoder(entry.get(1).schema(), schema.valueSchema(), depth);
        return key == null || value == null ? null : ContainerDecoders.map(key, value);
    }

    private @Nullable ValueDecoder struct(org.apache.avro.Schema avroSchema, Schema schema, int depth) {
        if (avroSchema.getType() != Type.RECORD
                || AvroData.AVRO_TYPE_UNION.equals(schema.name())
                || ConnectUnion.isUnion(schema)) {
            return null;
        }
        ValueDecoder[] decoders = new ValueDecoder[schema.fields().size()];
        if (avroSchema.getFields().size() != decoders.length) {
            return null;
        }
        for (int i = 0; i < decoders.length; i++) {
            Field field = schema.fields().get(i);
            org.apache.avro.Schema.Field avroField = avroSchema.getFields().get(i);
            ValueDecoder decoder = decoder(avroField.schema(), field.schema(), depth);
            if (decoder == null || !field.name().equals(avroField.name())) {
                return null;
            }
            decoders[i] = decoder;
        }
        return new StructDecoder(schema, decoders);
    }
}
