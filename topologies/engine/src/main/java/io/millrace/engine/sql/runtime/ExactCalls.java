package io.millrace.engine.sql.runtime;

import java.math.BigDecimal;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.runtime.SqlFunctions;

/** Arithmetic that Calcite's generated code would let wrap around. */
public final class ExactCalls {

    private ExactCalls() {}

    public static int abs(int value) {
        return Math.absExact(value);
    }

    public static long abs(long value) {
        return Math.absExact(value);
    }

    public static short abs(short value) {
        if (value == Short.MIN_VALUE) {
            throw new ArithmeticException("ABS of " + value + " is out of the range of SMALLINT");
        }
        return (short) Math.abs(value);
    }

    public static byte abs(byte value) {
        if (value == Byte.MIN_VALUE) {
            throw new ArithmeticException("ABS of " + value + " is out of the range of TINYINT");
        }
        return (byte) Math.abs(value);
    }

    public static long timestampSeconds(long seconds) {
        return Math.multiplyExact(seconds, 1_000L);
    }

    /** A quotient of floating-point numbers; by zero it is an error, as that of whole numbers is. */
    public static double divide(double dividend, double divisor) {
        if (divisor == 0) {
            throw new ArithmeticException("/ by zero");
        }
        return dividend / divisor;
    }

    /** What is left of a division of floating-point numbers, with the sign of the dividend; by zero it is an error. */
    public static double remainder(double dividend, double divisor) {
        if (divisor == 0) {
            throw new ArithmeticException("/ by zero");
        }
        return dividend % divisor;
    }

    /** Rounded half away from zero to so many digits behind the point; NaN and the infinities are what they are. */
    public static double round(double value, int digits) {
        return Double.isFinite(value) ? SqlFunctions.sround(value, digits) : value;
    }

    /** Rounded half away from zero to tens, hundreds and so on, as {@code digits} is -1, -2 and so on. */
    public static long roundWhole(long value, int digits) {
        return digits >= 0
                ? value
                : SqlFunctions.sround(BigDecimal.valueOf(value), digits).longValueExact();
    }

    /** Cut to so many digits behind the point; NaN and the infinities are what they are. */
    public static double truncate(double value, int digits) {
        return Double.isFinite(value) ? SqlFunctions.struncate(value, digits) : value;
    }

    /** By how much a shift of a whole number by so many bits shifts it: no type of them has more than 64. */
    public static int shift(long bits) {
        return (int) (bits % Long.SIZE);
    }

    /** A binary shifted to the left, by the remainder of so many bits and those that it has. */
    public static ByteString leftShift(ByteString bytes, long bits) {
        return bytes.length() == 0
                ? bytes
                : SqlFunctions.leftShift(bytes, (int) Math.floorMod(bits, (long) Byte.SIZE * bytes.length()));
    }

    public static double power(double base, double exponent) {
        return Math.pow(base, exponent);
    }

    /** The square root; of a negative number it is NaN. */
    public static double squareRoot(double value) {
        return Math.sqrt(value);
    }

    /** The logarithm to base 10; there is none of zero or less. */
    public static double log10(double value) {
        if (value <= 0) {
            throw new ArithmeticException("There is no logarithm of " + value);
        }
        return Math.log10(value);
    }
}
