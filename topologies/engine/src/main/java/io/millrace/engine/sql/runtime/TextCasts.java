package io.millrace.engine.sql.runtime;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts as numbers and instants, with errors that show the text. */
public final class TextCasts {

    private static final int MAX_NUMBER = 1_000;
    private static final int MAX_EXPONENT = 400;
    private static final Pattern NUMBER = Pattern.compile("[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE]([+-]?\\d{1,4}))?");
    private static final Pattern INSTANT = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d)(?:[ T](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?))? ?(Z|[+-]\\d\\d(?::?\\d\\d)?|[A-Za-z][A-Za-z0-9_+/-]*)?");

    private TextCasts() {}

    public static byte toTinyint(String text) {
        return (byte) whole(text, Byte.MIN_VALUE, Byte.MAX_VALUE, "TINYINT");
    }

    public static short toSmallint(String text) {
        return (short) whole(text, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
    }

    public static int toInteger(String text) {
        return (int) whole(text, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
    }

    public static long toBigint(String text) {
        return whole(text, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
    }

    private static long whole(String text, long min, long max, String type) {
        long value;
        try {
            value = Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new NumberFormatException("'" + shown(text) + "' is not a value of " + type);
        }
        if (value < min || value > max) {
            throw new ArithmeticException("'" + shown(text) + "' is out of the range of " + type);
        }
        return value;
    }

    /** The text, if it is a number that is not millions of digits long: {@code 1e999999999} is short as a text only. */
    public static String number(String text) {
        String stripped = text.strip();
        Matcher matcher = stripped.length() > MAX_NUMBER ? null : NUMBER.matcher(stripped);
        if (matcher == null || !matcher.matches()) {
            throw new NumberFormatException("'" + shown(text) + "' is not a number");
        }
        String exponent = matcher.group(1);
        if (exponent != null && Math.abs(Integer.parseInt(exponent)) > MAX_EXPONENT) {
            throw new ArithmeticException("'" + shown(text) + "' is out of range");
        }
        return stripped;
    }

    public static @Nullable String numberOrNull(String text) {
        try {
            return number(text);
        } catch (NumberFormatException | ArithmeticException e) {
            return null;
        }
    }

    /** Milliseconds since 1970 of {@code 2020-02-29 13:45:00.123 Europe/Paris}; a text without a zone is in UTC. */
    public static long toInstant(String text) {
        Matcher matcher = INSTANT.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + shown(text) + "' is not a value of TIMESTAMP WITH LOCAL TIME ZONE: yyyy-MM-dd HH:mm:ss zone");
        }
        try {
            LocalTime time = matcher.group(2) == null ? LocalTime.MIDNIGHT : LocalTime.parse(matcher.group(2));
            LocalDateTime local = LocalDateTime.of(LocalDate.parse(matcher.group(1)), time);
            ZoneId zone = matcher.group(3) == null ? ZoneOffset.UTC : ZoneId.of(matcher.group(3));
            Instant instant = local.atZone(zone).toInstant();
            return instant.toEpochMilli();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + shown(text) + "' is not a value of TIMESTAMP WITH LOCAL TIME ZONE: " + e.getMessage(), e);
        }
    }

    public static @Nullable Long toInstantOrNull(String text) {
        try {
            return toInstant(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
