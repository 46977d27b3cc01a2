package io.millrace.connect.s3.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;

/**
 * The digits of a decimal column. Connect's schema knows only the scale; the precision is taken from the parameter that Confluent's
 * converters write, and is 38 without it, the most that readers of Parquet commonly take.
 *
 * @param precision digits in all
 * @param scale digits behind the point
 */
record DecimalShape(int precision, int scale) {

    private static final String PRECISION = "connect.decimal.precision";
    private static final int DEFAULT_PRECISION = 38;

    static DecimalShape of(String path, Schema schema) {
        String precision = schema.parameters().get(PRECISION);
        try {
            int scale = Integer.parseInt(schema.parameters().getOrDefault(Decimal.SCALE_FIELD, ""));
            DecimalShape shape =
                    new DecimalShape(precision == null ? DEFAULT_PRECISION : Integer.parseInt(precision), scale);
            if (shape.precision > 0 && scale >= 0 && scale <= shape.precision) {
                return shape;
            }
        } catch (NumberFormatException e) {
            // The same message says what it is to be.
        }
        throw new DataException("field '" + path + "': Parquet has no decimal of precision "
                + (precision == null ? DEFAULT_PRECISION : precision) + " and scale "
                + schema.parameters().get(Decimal.SCALE_FIELD));
    }

    /** The bytes that the greatest number of this precision needs, in two's complement. */
    int byteCount() {
        return BigInteger.TEN.pow(precision).bitLength() / 8 + 1;
    }

    /** The digits of a value as a whole number, when it has not too many. */
    BigInteger unscaled(String path, BigDecimal value) {
        if (value.scale() != scale) {
            throw new DataException(
                    "field '" + path + "': " + value + " has not the scale " + scale + " of its column");
        }
        if (value.precision() > precision) {
            throw new DataException(
                    "field '" + path + "': " + value + " has more than the " + precision + " digits of its column");
        }
        return value.unscaledValue();
    }

    /** {@code number} in exactly {@link #byteCount} bytes, the highest first. */
    byte[] bytes(BigInteger number) {
        byte[] minimal = number.toByteArray();
        byte[] bytes = new byte[byteCount()];
        int padding = bytes.length - minimal.length;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = i < padding ? (byte) (number.signum() < 0 ? -1 : 0) : minimal[i - padding];
        }
        return bytes;
    }
}
