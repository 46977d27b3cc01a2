package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.ColumnType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Date;

/** Makes Connect's values, exactly: what a type cannot hold is an {@link ArithmeticException}. */
@SuppressWarnings("JavaUtilDate") // Connect knows no other
final class ConnectValues {

    private ConnectValues() {}

    /** A whole number of this kind. */
    static Object whole(long value, ColumnType.Kind kind) {
        return switch (kind) {
            case TINYINT -> {
                requireSame(value, (byte) value);
                yield (byte) value;
            }
            case SMALLINT -> {
                requireSame(value, (short) value);
                yield (short) value;
            }
            case INT -> Math.toIntExact(value);
            case BIGINT -> value;
            default -> throw new IllegalStateException(kind.name());
        };
    }

    static boolean isWhole(ColumnType.Kind kind) {
        return switch (kind) {
            case TINYINT, SMALLINT, INT, BIGINT -> true;
            default -> false;
        };
    }

    private static void requireSame(long value, long narrow) {
        if (value != narrow) {
            throw new ArithmeticException("out of range");
        }
    }

    /** A whole number as a floating-point one. */
    static double floating(long value) {
        double floating = (double) value;
        if ((long) floating != value || value == Long.MAX_VALUE) {
            throw new ArithmeticException("digits would be lost");
        }
        return floating;
    }

    static float real(double value) {
        float narrow = (float) value;
        if (Double.compare(narrow, value) != 0) {
            throw new ArithmeticException("digits would be lost");
        }
        return narrow;
    }

    static BigDecimal decimal(BigDecimal value, ColumnType type) {
        BigDecimal scaled =
                value.scale() == type.scale() ? value : value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return scaled;
    }

    static Date date(int days) {
        return new Date(days * 86_400_000L);
    }

    /** Connect's times have milliseconds: what is behind them is cut off. */
    static Date time(long microsOfDay) {
        return new Date(microsOfDay / 1000);
    }

    /** Connect's timestamps have milliseconds: what is behind them is cut off. */
    static Date timestamp(long micros) {
        return new Date(Math.floorDiv(micros, 1000L));
    }
}
