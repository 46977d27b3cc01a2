package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.ColumnType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * PostgreSQL's binary numeric: the number of digits to the base 10,000, the weight of the first, the sign, the digits behind the
 * decimal point, and the digits, each in two bytes.
 */
final class BinaryNumeric {

    private static final int DIGITS = 8;
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 0x4000;
    /** Four digits to the base 10,000 and powers of ten up to here stay within a long. */
    private static final int MOST_LONG_DIGITS = 4;

    private static final long[] TENS = {1, 10, 100, 1000};

    private BinaryNumeric() {}

    /**
     * The number in the scale of a type.
     *
     * @throws ArithmeticException when it has more digits than the type
     * @throws IllegalArgumentException when it is no number or infinite
     */
    static BigDecimal decimal(byte[] row, int at, ColumnType type) {
        int count = BinaryCells.shortAt(row, at);
        if (count <= MOST_LONG_DIGITS && type.precision() <= 18) {
            long digits = 0;
            for (int i = 0; i < count; i++) {
                digits = digits * 10_000 + BinaryCells.shortAt(row, at + DIGITS + 2 * i);
            }
            int shift = 4 * (BinaryCells.shortAt(row, at + 2) - count + 1) + type.scale();
            if (shift > -4 && shift <= 0 && digits % TENS[-shift] == 0) {
                long unscaled = digits / TENS[-shift];
                BigDecimal value = BigDecimal.valueOf(isNegative(row, at) ? -unscaled : unscaled, type.scale());
                if (value.precision() <= type.precision()) {
                    return value;
                }
            }
        }
        return ConnectValues.decimal(decimal(row, at), type);
    }

    /** The number, with the digits behind the point that it is shown with. */
    static BigDecimal decimal(byte[] row, int at) {
        int count = BinaryCells.shortAt(row, at);
        int weight = BinaryCells.shortAt(row, at + 2);
        boolean isNegative = isNegative(row, at);
        int scale = BinaryCells.shortAt(row, at + 6);
        BigInteger digits = BigInteger.ZERO;
        for (int i = 0; i < count; i++) {
            digits = digits.multiply(BigInteger.valueOf(10_000))
                    .add(BigInteger.valueOf(BinaryCells.shortAt(row, at + DIGITS + 2 * i)));
        }
        BigDecimal value = new BigDecimal(isNegative ? digits.negate() : digits, -4 * (weight - count + 1));
        return value.setScale(scale, RoundingMode.UNNECESSARY);
    }

    private static boolean isNegative(byte[] row, int at) {
        int sign = BinaryCells.shortAt(row, at + 4) & 0xffff;
        if (sign != POSITIVE && sign != NEGATIVE) {
            throw new IllegalArgumentException("no finite number");
        }
        return sign == NEGATIVE;
    }
}
