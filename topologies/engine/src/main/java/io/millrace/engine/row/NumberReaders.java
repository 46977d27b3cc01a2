package io.millrace.engine.row;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Readers of numbers: of any kind of number whose values can be one of the column's type, each checked to be one. */
final class NumberReaders {

    private NumberReaders() {}

    static @Nullable ValueReader whole(Schema schema, RelDataType type) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decoder -> ExactValues.whole(decimalOf(decoder, schema, decimal.getScale()), type);
        }
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT -> decoder -> ExactValues.whole(decoder.readInt(), type);
            case LONG -> decoder -> ExactValues.whole(decoder.readLong(), type);
            default -> null;
        };
    }

    static @Nullable ValueReader real(Schema schema) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT -> decoder -> ExactValues.realOf((long) decoder.readInt());
            case LONG -> decoder -> ExactValues.realOf(decoder.readLong());
            case FLOAT -> BinaryDecoder::readFloat;
            case DOUBLE -> decoder -> ExactValues.realOf(decoder.readDouble());
            default -> null;
        };
    }

    static @Nullable ValueReader floating(Schema schema) {
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT -> decoder -> (double) decoder.readInt();
            case LONG -> decoder -> ExactValues.doubleOf(decoder.readLong());
            case FLOAT -> decoder -> (double) decoder.readFloat();
            case DOUBLE -> BinaryDecoder::readDouble;
            default -> null;
        };
    }

    static @Nullable ValueReader decimal(Schema schema, RelDataType type) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal) {
            return decoder -> ExactValues.decimal(decimalOf(decoder, schema, decimal.getScale()), type);
        }
        if (schema.getLogicalType() != null) {
            return null;
        }
        return switch (schema.getType()) {
            case INT -> decoder -> ExactValues.decimal(BigDecimal.valueOf(decoder.readInt()), type);
            case LONG -> decoder -> ExactValues.decimal(BigDecimal.valueOf(decoder.readLong()), type);
            default -> null;
        };
    }

    private static BigDecimal decimalOf(BinaryDecoder decoder, Schema schema, int scale) throws IOException {
        byte[] unscaled = TextReaders.bytes(decoder, schema);
        if (unscaled.length == 0) {
            throw new UnfitValueException("no bytes are no decimal");
        }
        return new BigDecimal(new BigInteger(unscaled), scale);
    }
}
