package io.millrace.engine.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** Reads one field of a writer's record as the internal value of one column's type. */
@FunctionalInterface
interface ValueReader {

    @Nullable
    Object read(BinaryDecoder decoder) throws IOException;

    /**
     * The reader of {@code field} for {@code column}.
     *
     * @throws IllegalArgumentException when no value of the field's schema can be one of the column's type
     */
    static ValueReader of(Schema.Field field, RelDataTypeField column) {
        Schema schema = field.schema();
        if (schema.getType() != Schema.Type.UNION) {
            return ofBranch(schema, column);
        }
        ValueReader[] branches = schema.getTypes().stream()
                .map(branch -> ofBranch(branch, column))
                .toArray(ValueReader[]::new);
        return decoder -> branches[decoder.readIndex()].read(decoder);
    }

    private static ValueReader ofBranch(Schema schema, RelDataTypeField column) {
        if (schema.getType() == Schema.Type.NULL) {
            return decoder -> {
                decoder.readNull();
                return null;
            };
        }
        ValueReader reader = null;
        RelDataType type = column.getType();
        switch (type.getSqlTypeName()) {
            case BOOLEAN -> reader = schema.getType() == Schema.Type.BOOLEAN ? BinaryDecoder::readBoolean : null;
            case TINYINT, SMALLINT, INTEGER -> reader = whole(schema, type);
            case BIGINT -> reader = wholeLong(schema);
            case REAL -> reader = schema.getType() == Schema.Type.FLOAT ? BinaryDecoder::readFloat : null;
            case FLOAT, DOUBLE -> reader = floating(schema);
            case CHAR, VARCHAR -> reader = text(schema);
            case BINARY, VARBINARY -> reader = binary(schema);
            case DECIMAL -> reader = decimal(schema);
            case DATE -> reader = isLogical(schema, "date") ? BinaryDecoder::readInt : null;
            case TIME -> reader = time(schema);
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> reader = timestamp(schema);
            default -> {}
        }
        if (reader == null) {
            throw new IllegalArgumentException("Column '" + column.getName() + "' is " + type.getFullTypeString()
                    + ", but the topic holds " + schema);
        }
        return reader;
    }

    private static @Nullable ValueReader whole(Schema schema, RelDataType type) {
        if (schema.getType() != Schema.Type.INT || schema.getLogicalType() != null) {
            return null;
        }
        return switch (type.getSqlTypeName()) {
            case TINYINT ->
                decoder -> exactly(decoder.readInt(), Byte.MIN_VALUE, Byte.MAX_VALUE)
                        .byteValue();
            case SMALLINT ->
                decoder -> exactly(decoder.readInt(), Short.MIN_VALUE, Short.MAX_VALUE)
                        .shortValue();
            default -> BinaryDecoder::readInt;
        };
    }

    private static Integer exactly(int value, int min, int max) {
        if (value < min || value > max) {
            throw new ArithmeticException(value + " is not between " + min + " and " + max);
        }
        return value;
    }

    private static @Nullable ValueReader wholeLong(Schema schema) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT -> decoder -> (long) decoder.readInt();
            case LONG -> BinaryDecoder::readLong;
            default -> null;
        };
    }

    private static @Nullable ValueReader floating(Schema schema) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT -> decoder -> (double) decoder.readInt();
            case FLOAT -> decoder -> (double) decoder.readFloat();
            case DOUBLE -> BinaryDecoder::readDouble;
            default -> null;
        };
    }

    private static @Nullable ValueReader text(Schema schema) {
        return switch (schema.getType()) {
            case STRING -> BinaryDecoder::readString;
            case ENUM -> decoder -> schema.getEnumSymbols().get(decoder.readEnum());
            default -> null;
        };
    }

    private static @Nullable ValueReader binary(Schema schema) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case BYTES -> decoder -> new ByteString(RowReader.toArray(decoder.readBytes(null)));
            case FIXED -> decoder -> new ByteString(fixed(decoder, schema));
            default -> null;
        };
    }

    private static @Nullable ValueReader decimal(Schema schema) {
        LogicalType logical = schema.getLogicalType();
        if (logical instanceof LogicalTypes.Decimal decimal) {
            int scale = decimal.getScale();
            return schema.getType() == Schema.Type.FIXED
                    ? decoder -> new BigDecimal(new BigInteger(fixed(decoder, schema)), scale)
                    : decoder -> new BigDecimal(new BigInteger(RowReader.toArray(decoder.readBytes(null))), scale);
        }
        return switch (schema.getType()) {
            case INT -> decoder -> BigDecimal.valueOf(decoder.readInt());
            case LONG -> decoder -> BigDecimal.valueOf(decoder.readLong());
            default -> null;
        };
    }

    private static byte[] fixed(BinaryDecoder decoder, Schema schema) throws IOException {
        byte[] bytes = new byte[schema.getFixedSize()];
        decoder.readFixed(bytes);
        return bytes;
    }

    private static @Nullable ValueReader time(Schema schema) {
        return isLogical(schema, "time-millis") ? BinaryDecoder::readInt : null;
    }

    private static @Nullable ValueReader timestamp(Schema schema) {
        return isLogical(schema, "timestamp-millis") || isLogical(schema, "local-timestamp-millis")
                ? BinaryDecoder::readLong
                : null;
    }

    private static boolean isLogical(Schema schema, String name) {
        return schema.getLogicalType() != null
                && schema.getLogicalType().getName().equals(name);
    }
}
