package io.millrace.connect.jdbc.sink;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Numbers in the binary form of PostgreSQL's {@code numeric}: digits to the base of ten thousand, counted from the decimal point, as
 * {@code numeric_send} writes them.
 */
final class CopyNumeric {

    private static final int BASE = 10_000;
    private static final int BASE_DIGITS = 4;
    private static final int NEGATIVE = 0x4000;
    private static final long[] POWERS = {1, 10, 100, 1000};

    private CopyNumeric() {}

    static void write(BigDecimal value, CopyRows out) {
        BigDecimal number = value.scale() < 0 ? value.setScale(0) : value;
        int padding = Math.floorMod(-number.scale(), BASE_DIGITS);
        int fractionGroups = (number.scale() + padding) / BASE_DIGITS;
        boolean fitsLong = number.precision() + padding <= 18;
        int[] groups = fitsLong
                ? groups(Math.abs(number.unscaledValue().longValue()) * POWERS[padding])
                : groups(number.unscaledValue().abs().multiply(BigInteger.valueOf(POWERS[padding])));
        write(groups, fractionGroups, number.signum() < 0 ? NEGATIVE : 0, number.scale(), out);
    }

    static void write(long value, CopyRows out) {
        if (value == Long.MIN_VALUE) {
            write(BigDecimal.valueOf(value), out);
        } else {
            write(groups(Math.abs(value)), 0, value < 0 ? NEGATIVE : 0, 0, out);
        }
    }

    /** The least significant group first. */
    private static int[] groups(long value) {
        int count = 0;
        for (long rest = value; rest > 0; rest /= BASE) {
            count++;
        }
        int[] groups = new int[count];
        long rest = value;
        for (int i = 0; i < count; i++) {
            groups[i] = (int) (rest % BASE);
            rest /= BASE;
        }
        return groups;
    }

    private static int[] groups(BigInteger value) {
        String digits = value.toString();
        int[] groups = new int[value.signum() == 0 ? 0 : (digits.length() + BASE_DIGITS - 1) / BASE_DIGITS];
        for (int i = 0; i < groups.length; i++) {
            int end = digits.length() - i * BASE_DIGITS;
            groups[i] = Integer.parseInt(digits, Math.max(0, end - BASE_DIGITS), end, 10);
        }
        return groups;
    }

    private static void write(int[] groups, int fractionGroups, int sign, int scale, CopyRows out) {
        out.int32(8 + 2 * groups.length);
        out.int16(groups.length);
        out.int16(groups.length == 0 ? 0 : groups.length - fractionGroups - 1);
        out.int16(sign);
        out.int16(scale);
        for (int i = groups.length - 1; i >= 0; i--) {
            out.int16(groups[i]);
        }
    }
}
