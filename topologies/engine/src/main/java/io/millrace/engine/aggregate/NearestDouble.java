package io.millrace.engine.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The double nearest to a quotient or its root, of two that are as near the even one, as IEEE 754 rounds. Decimal digits do not
 * do: what lies exactly between two doubles can have hundreds of them.
 */
final class NearestDouble {

    /** More bits than a double has by enough that one more, set when anything is cut off, decides where it must. */
    private static final int BITS = 66;

    /** The power of two in whose multiples the smallest doubles are counted, with two bits to round by. */
    private static final int SMALLEST = 1076;

    private NearestDouble() {}

    static double quotient(BigDecimal dividend, BigDecimal divisor) {
        double magnitude = magnitude(dividend.abs(), divisor.abs(), false);
        return dividend.signum() * divisor.signum() < 0 ? -magnitude : magnitude;
    }

    /** Of a quotient that is not negative. */
    static double root(BigDecimal dividend, BigDecimal divisor) {
        return magnitude(dividend, divisor, true);
    }

    private static double magnitude(BigDecimal dividend, BigDecimal divisor, boolean isRoot) {
        if (dividend.signum() == 0) {
            return 0;
        }
        int scale = dividend.scale() - divisor.scale();
        BigInteger numerator = dividend.unscaledValue().multiply(BigInteger.TEN.pow(Math.max(0, -scale)));
        BigInteger denominator = divisor.unscaledValue().multiply(BigInteger.TEN.pow(Math.max(0, scale)));
        int wanted = isRoot ? 2 * BITS : BITS;
        int shift = wanted - numerator.bitLength() + denominator.bitLength();
        if (isRoot) {
            shift += shift & 1;
        }
        BigInteger[] divided =
                numerator.shiftLeft(Math.max(0, shift)).divideAndRemainder(denominator.shiftLeft(Math.max(0, -shift)));
        boolean isCut = divided[1].signum() != 0;
        if (!isRoot) {
            return round(isCut ? divided[0].setBit(0) : divided[0], shift);
        }
        BigInteger[] root = divided[0].sqrtAndRemainder();
        return round(isCut || root[1].signum() != 0 ? root[0].setBit(0) : root[0], shift / 2);
    }

    /** The double nearest to bits · 2⁻ˢʰⁱᶠᵗ. */
    private static double round(BigInteger bits, int shift) {
        if (bits.bitLength() - 1 - shift >= Double.MIN_EXPONENT) {
            return Math.scalb(bits.doubleValue(), -shift);
        }
        int tooMany = shift - SMALLEST;
        long count = bits.shiftRight(tooMany).longValueExact();
        if (bits.getLowestSetBit() < tooMany) {
            count |= 1;
        }
        long half = count & 3;
        long whole = count >> 2;
        return Double.longBitsToDouble(half > 2 || (half == 2 && (whole & 1) == 1) ? whole + 1 : whole);
    }
}
