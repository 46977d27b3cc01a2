package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A number without rounding: {@code significand} times two (or ten) to the power of {@code exponent}. Doubles are kept by
 * powers of two, where they need no more than their own bits, decimals by powers of ten; only numbers of one kind meet.
 */
record Exact(BigInteger significand, int exponent, boolean isBinary) {

    static Exact zero(boolean isBinary) {
        return new Exact(BigInteger.ZERO, 0, isBinary);
    }

    /** A finite number of any of SQL's types; only whole and floating ones are binary without rounding. */
    static Exact of(Number value, boolean isBinary) {
        if (value instanceof Double || value instanceof Float) {
            return isBinary ? ofDouble(value.doubleValue()) : ofDecimal(new BigDecimal(value.doubleValue()));
        }
        if (value instanceof BigDecimal decimal) {
            return ofDecimal(decimal);
        }
        BigInteger whole = value instanceof org.joou.ULong unsigned
                ? unsigned.toBigInteger()
                : BigInteger.valueOf(value.longValue());
        return new Exact(whole, 0, isBinary);
    }

    private static Exact ofDecimal(BigDecimal value) {
        return new Exact(value.unscaledValue(), -value.scale(), false);
    }

    private static Exact ofDouble(double value) {
        if (value == 0) {
            return zero(true);
        }
        int power = Math.max(Math.getExponent(value), Double.MIN_EXPONENT) - 52;
        long bits = Double.doubleToRawLongBits(value) & 0x000F_FFFF_FFFF_FFFFL;
        long magnitude = Math.abs(value) < Double.MIN_NORMAL ? bits : bits | 0x0010_0000_0000_0000L;
        int zeros = Long.numberOfTrailingZeros(magnitude);
        long significand = magnitude >> zeros;
        return new Exact(BigInteger.valueOf(value < 0 ? -significand : significand), power + zeros, true);
    }

    Exact plus(Exact other) {
        if (exponent < other.exponent) {
            return new Exact(significand.add(other.loweredTo(exponent)), exponent, isBinary);
        }
        return new Exact(loweredTo(other.exponent).add(other.significand), other.exponent, isBinary);
    }

    private BigInteger loweredTo(int lower) {
        int places = exponent - lower;
        if (places == 0 || significand.signum() == 0) {
            return significand;
        }
        return isBinary ? significand.shiftLeft(places) : significand.multiply(BigInteger.TEN.pow(places));
    }

    Exact negate() {
        return new Exact(significand.negate(), exponent, isBinary);
    }

    Exact times(Exact other) {
        return new Exact(significand.multiply(other.significand), exponent + other.exponent, isBinary);
    }

    BigDecimal toBigDecimal() {
        if (!isBinary) {
            return new BigDecimal(significand, -exponent);
        }
        return exponent >= 0
                ? new BigDecimal(significand.shiftLeft(exponent))
                : new BigDecimal(significand.multiply(BigInteger.valueOf(5).pow(-exponent)), -exponent);
    }

    /** Without the bits that a number which has left the sum needed. */
    void write(BytesWriter out) {
        int zeros = isBinary ? Math.max(0, significand.getLowestSetBit()) : 0;
        out.writeVarint(significand.signum() == 0 ? 0 : exponent + zeros);
        out.writeSized(significand.shiftRight(zeros).toByteArray());
    }

    static Exact read(BytesReader in, boolean isBinary) {
        int exponent = Math.toIntExact(in.readVarint());
        return new Exact(new BigInteger(in.readSized()), exponent, isBinary);
    }
}
