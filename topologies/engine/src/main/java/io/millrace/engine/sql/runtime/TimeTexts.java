package io.millrace.engine.sql.runtime;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Texts as times of a day, {@code 10:00}, {@code 10:00:00} or {@code 10:00:00.123456789}, and as timestamps: a date, and behind a blank or
 * a T a time.
 */
public final class TimeTexts {

    private static final int NANO_DIGITS = 9;
    private static final int NANOS_OF_MICRO = 1_000;
    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final String OF_DAY = "(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d{1," + NANO_DIGITS + "}))?)?";
    private static final Pattern TIME = Pattern.compile(OF_DAY);
    private static final Pattern TIMESTAMP =
            Pattern.compile("([+-]?\\d{4,6})-(\\d{1,2})-(\\d{1,2})(?:[ T]" + OF_DAY + ")?");

    private TimeTexts() {}

    /**
     * Nanoseconds of the day.
     *
     * @throws IllegalArgumentException when the text is no time of a day
     */
    public static long nanosOfDay(String text) {
        Matcher matcher = TIME.matcher(text.strip());
        if (!matcher.matches()) {
            throw none(text, "TIME: HH:mm:ss.SSS", null);
        }
        try {
            return time(matcher, 1).toNanoOfDay();
        } catch (DateTimeException e) {
            throw none(text, "TIME: " + e.getMessage(), e);
        }
    }

    /**
     * Microseconds since 1970, without what is less than one of them.
     *
     * @throws IllegalArgumentException when the text is no timestamp
     */
    public static long epochMicros(String text) {
        Matcher matcher = TIMESTAMP.matcher(text.strip());
        if (!matcher.matches()) {
            throw none(text, "TIMESTAMP: yyyy-MM-dd HH:mm:ss.SSS", null);
        }
        try {
            LocalDate date = LocalDate.of(number(matcher, 1), number(matcher, 2), number(matcher, 3));
            long nanos = matcher.group(4) == null ? 0 : time(matcher, 4).toNanoOfDay();
            return Math.addExact(Math.multiplyExact(date.toEpochDay(), MICROS_OF_DAY), nanos / NANOS_OF_MICRO);
        } catch (DateTimeException | ArithmeticException e) {
            throw none(text, "TIMESTAMP: " + e.getMessage(), e);
        }
    }

    /** The time of which the hour is in a group, and the rest in those behind it. */
    private static LocalTime time(Matcher matcher, int hour) {
        String fraction = matcher.group(hour + 3);
        return LocalTime.of(
                number(matcher, hour),
                number(matcher, hour + 1),
                matcher.group(hour + 2) == null ? 0 : number(matcher, hour + 2),
                fraction == null ? 0 : Integer.parseInt(fraction + "0".repeat(NANO_DIGITS - fraction.length())));
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    private static IllegalArgumentException none(String text, String type, @Nullable RuntimeException cause) {
        return new IllegalArgumentException("'" + TextCasts.shown(text) + "' is not a value of " + type, cause);
    }
}
