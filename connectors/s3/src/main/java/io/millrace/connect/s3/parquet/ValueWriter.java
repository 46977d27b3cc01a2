package io.millrace.connect.s3.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.jspecify.annotations.Nullable;

/** Writes the values of one schema, none of which is null, as {@link ParquetSchema} maps it. */
@FunctionalInterface
interface ValueWriter {

    void write(RecordConsumer out, Object value);

    /** The writer of a schema's values, made once for a file. */
    static ValueWriter of(String path, Schema schema) {
        String name = schema.name() == null ? "" : schema.name();
        return switch (name) {
            case Decimal.LOGICAL_NAME -> decimal(path, DecimalShape.of(path, schema));
            case Date.LOGICAL_NAME -> (out, value) -> out.addInteger(Date.fromLogical(schema, (java.util.Date) value));
            case Time.LOGICAL_NAME -> (out, value) -> out.addInteger(Time.fromLogical(schema, (java.util.Date) value));
            case Timestamp.LOGICAL_NAME ->
                (out, value) -> out.addLong(Timestamp.fromLogical(schema, (java.util.Date) value));
            default -> plain(path, schema);
        };
    }

    private static ValueWriter plain(String path, Schema schema) {
        return switch (schema.type()) {
            case INT8, INT16, INT32 -> (out, value) -> out.addInteger(((Number) value).intValue());
            case INT64 -> (out, value) -> out.addLong((Long) value);
            case FLOAT32 -> (out, value) -> out.addFloat((Float) value);
            case FLOAT64 -> (out, value) -> out.addDouble((Double) value);
            case BOOLEAN -> (out, value) -> out.addBoolean((Boolean) value);
            case STRING -> (out, value) -> out.addBinary(Binary.fromString((String) value));
            case BYTES -> (out, value) -> out.addBinary(bytes(value));
            case ARRAY -> array(path, schema);
            case MAP -> map(path, schema);
            case STRUCT -> {
                StructWriter fields = new StructWriter(path, schema);
                yield (out, value) -> {
                    out.startGroup();
                    fields.write(out, (Struct) value);
                    out.endGroup();
                };
            }
        };
    }

    private static Binary bytes(Object value) {
        return value instanceof ByteBuffer buffer
                ? Binary.fromConstantByteBuffer(buffer.duplicate())
                : Binary.fromConstantByteArray((byte[]) value);
    }

    private static ValueWriter decimal(String path, DecimalShape shape) {
        return (out, value) -> {
            BigInteger unscaled = shape.unscaled(path, (BigDecimal) value);
            if (shape.precision() <= 9) {
                out.addInteger(unscaled.intValueExact());
            } else if (shape.precision() <= 18) {
                out.addLong(unscaled.longValueExact());
            } else {
                out.addBinary(Binary.fromConstantByteArray(shape.bytes(unscaled)));
            }
        };
    }

    private static ValueWriter array(String path, Schema schema) {
        ValueWriter element = of(ParquetSchema.join(path, "element"), schema.valueSchema());
        return (out, value) -> {
            List<?> elements = (List<?>) value;
            out.startGroup();
            if (!elements.isEmpty()) {
                out.startField("list", 0);
                for (Object one : elements) {
                    out.startGroup();
                    field(out, path, "element", 0, schema.valueSchema(), element, one);
                    out.endGroup();
                }
                out.endField("list", 0);
            }
            out.endGroup();
        };
    }

    private static ValueWriter map(String path, Schema schema) {
        ValueWriter key = of(ParquetSchema.join(path, "key"), schema.keySchema());
        ValueWriter mapped = of(ParquetSchema.join(path, "value"), schema.valueSchema());
        return (out, value) -> {
            Map<?, ?> entries = (Map<?, ?>) value;
            out.startGroup();
            if (!entries.isEmpty()) {
                out.startField("key_value", 0);
                for (Map.Entry<?, ?> entry : entries.entrySet()) {
                    out.startGroup();
                    field(out, path, "key", 0, schema.keySchema(), key, entry.getKey());
                    field(out, path, "value", 1, schema.valueSchema(), mapped, entry.getValue());
                    out.endGroup();
                }
                out.endField("key_value", 0);
            }
            out.endGroup();
        };
    }

    /** Writes one field of a group: with a value, or nothing at all when the value is null and may be. */
    static void field(
            RecordConsumer out,
            String path,
            String name,
            int index,
            Schema schema,
            ValueWriter writer,
            @Nullable Object value) {
        if (value != null) {
            out.startField(name, index);
            writer.write(out, value);
            out.endField(name, index);
        } else if (!schema.isOptional()) {
            throw new DataException(
                    "field '" + ParquetSchema.join(path, name) + "' is null, but its schema says that it never is");
        }
    }
}
