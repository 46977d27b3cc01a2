package io.millrace.engine.sql.runtime;

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
}
