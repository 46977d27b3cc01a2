package io.millrace.engine.sql.runtime;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as numbers of another type, and as texts. What is out of the range of a type is an {@link ArithmeticException}. Exact numbers
 * round half away from zero; floating-point numbers round half to even where they become whole, as IEEE 754 rounds and PostgreSQL does.
 */
public final class NumberCasts {

    private static final double TWO_TO_63 = 0x1p63;

    private NumberCasts() {}

    public static byte decimalToTinyint(BigDecimal value) {
        return (byte) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    public static short decimalToSmallint(BigDecimal value) {
        return (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    public static int decimalToInteger(BigDecimal value) {
        return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
    }

    public static long decimalToBigint(BigDecimal value) {
        return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    private static long whole(BigDecimal value, long min, long max, String type) {
        BigDecimal rounded = value.setScale(0, RoundingMode.HALF_UP);
        if (rounded.compareTo(BigDecimal.valueOf(min)) < 0 || rounded.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw outOfRange(value.toPlainString(), type);
        }
        return rounded.longValue();
    }

    public static byte doubleToTinyint(double value) {
        return (byte) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    public static short doubleToSmallint(double value) {
        return (short) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    public static int doubleToInteger(double value) {
        return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
    }

    public static long doubleToBigint(double value) {
        // The greatest BIGINT is no DOUBLE, but what is below 2 to the power of 63 fits.
        if (!(value >= -TWO_TO_63 && value < TWO_TO_63)) {
            throw outOfRange(String.valueOf(value), "BIGINT");
        }
        return (long) Math.rint(value);
    }

    private static long whole(double value, long min, long max, String type) {
        double rounded = Math.rint(value);
        if (!(rounded >= min && rounded <= max)) {
            throw outOfRange(String.valueOf(value), type);
        }
        return (long) rounded;
    }

    /** The number that the digits of {@code value} say as Java writes them, rounded: 1.005 to two places is 1.01. */
    public static BigDecimal doubleToDecimal(double value, int precision, int scale) {
        if (!Double.isFinite(value)) {
            throw outOfRange(String.valueOf(value), decimal(precision, scale));
        }
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw outOfRange(String.valueOf(value), decimal(precision, scale));
        }
        return rounded;
    }

    private static String decimal(int precision, int scale) {
        return "DECIMAL(" + precision + ", " + scale + ")";
    }

    /** A decimal with a digit before the point and as many behind it as its type has: {@code 0.50}. */
    public static String decimalToText(BigDecimal value) {
        return value.toPlainString();
    }

    private static ArithmeticException outOfRange(String value, String type) {
        return new ArithmeticException(value + " is out of the range of " + type);
    }
}
