package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.TimeTexts;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.linq4j.function.SemiStrict;
import org.apache.calcite.linq4j.function.Strict;
import org.jspecify.annotations.Nullable;

/**
 * What compiled expressions call for times in microseconds. Public for the sake of the generated code alone; no argument is
 * null. Whatever overflows is an {@link ArithmeticException}.
 */
@Strict
public final class MicrosecondFunctions {

    private static final long MICROS_OF_MILLI = 1_000;
    private static final long MICROS_OF_SECOND = 1_000_000;

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter DATE_TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private MicrosecondFunctions() {}

    public static long plus(long left, long right) {
        return Math.addExact(left, right);
    }

    public static long minus(long left, long right) {
        return Math.subtractExact(left, right);
    }

    public static long times(long left, long right) {
        return Math.multiplyExact(left, right);
    }

    /** The quotient toward zero. */
    public static long divide(long dividend, long divisor) {
        return dividend / divisor;
    }

    public static long floorDiv(long dividend, long divisor) {
        return Math.floorDiv(dividend, divisor);
    }

    public static long ceilDiv(long dividend, long divisor) {
        return -Math.floorDiv(-dividend, divisor);
    }

    public static long floorMod(long dividend, long divisor) {
        return Math.floorMod(dividend, divisor);
    }

    /** A length of time as the milliseconds of an INTERVAL, which it has to be. */
    public static long intervalMillis(long micros) {
        if (micros % MICROS_OF_MILLI != 0) {
            throw new ArithmeticException("An INTERVAL is counted in milliseconds, but this one is of " + micros
                    + " microseconds: CAST the timestamps to TIMESTAMP(3), or take TIMESTAMPDIFF");
        }
        return micros / MICROS_OF_MILLI;
    }

    /** A number as an INTEGER, which it has to be. */
    public static int integer(long value) {
        return Math.toIntExact(value);
    }

    /** A timestamp some months later, on the last day of a month that is too short. */
    public static long plusMonths(long timestamp, int months) {
        long millis = DateTimeUtils.addMonths(Math.floorDiv(timestamp, MICROS_OF_MILLI), months);
        return Math.addExact(Math.multiplyExact(millis, MICROS_OF_MILLI), Math.floorMod(timestamp, MICROS_OF_MILLI));
    }

    /** How many whole months a timestamp is after another. */
    public static int monthsBetween(long later, long earlier) {
        if (later < earlier) {
            return -monthsBetween(earlier, later);
        }
        int months = DateTimeUtils.subtractMonths(
                Math.floorDiv(later, MICROS_OF_MILLI), Math.floorDiv(earlier, MICROS_OF_MILLI));
        return plusMonths(earlier, months) > later ? months - 1 : months;
    }

    /** {@code 2020-01-31 10:00:00.123456}, without zeros at the end of a fraction. */
    public static String timestampText(long micros) {
        return DATE_TIME.format(LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_OF_SECOND),
                (int) (Math.floorMod(micros, MICROS_OF_SECOND) * 1_000),
                ZoneOffset.UTC));
    }

    /** {@code 10:00:00.123456}, without zeros at the end of a fraction. */
    public static String timeText(long micros) {
        return TIME.format(LocalTime.MIDNIGHT.plus(micros, ChronoUnit.MICROS));
    }

    /** The timestamp of a text. Digits after {@code precision} are cut, as those of a timestamp would be. */
    public static long timestamp(String text, int precision) {
        return cut(TimeTexts.epochMicros(text), precision);
    }

    /** The timestamp of a text, or null when it is none. */
    @SemiStrict
    public static @Nullable Long timestampOrNull(String text, int precision) {
        try {
            return timestamp(text, precision);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The time of a day of a text. */
    public static long time(String text, int precision) {
        return cut(TimeTexts.nanosOfDay(text) / 1_000, precision);
    }

    /** The time of a day of a text, or null when it is none. */
    @SemiStrict
    public static @Nullable Long timeOrNull(String text, int precision) {
        try {
            return time(text, precision);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Cuts microseconds to a number of digits of their second, toward the past. */
    public static long cut(long micros, int precision) {
        long unit = 1;
        for (int i = precision; i < 6; i++) {
            unit *= 10;
        }
        return micros - Math.floorMod(micros, unit);
    }
}
