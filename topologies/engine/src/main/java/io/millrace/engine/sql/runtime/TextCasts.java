package io.millrace.engine.sql.runtime;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts as numbers, times and instants, with errors that show the text. */
public final class TextCasts {

    private static final int NANOS_OF_MILLI = 1_000_000;
    private static final int MICROS_OF_MILLI = 1_000;
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
            throw outOfRange(text, type);
        }
        return value;
    }

    private static ArithmeticException outOfRange(String text, String type) {
        return new ArithmeticException("'" + shown(text) + "' is out of the range of " + type);
    }

    /** A number, NaN or Infinity, with or without a sign and in any case. */
    public static double toDouble(String text) {
        Double special = special(text);
        return special == null ? finite(Double.parseDouble(number(text)), text, "DOUBLE") : special;
    }

    public static float toReal(String text) {
        Double special = special(text);
        return special == null ? (float) finite(Float.parseFloat(number(text)), text, "REAL") : special.floatValue();
    }

    private static double finite(double value, String text, String type) {
        if (Double.isInfinite(value)) {
            throw outOfRange(text, type);
        }
        return value;
    }

    private static @Nullable Double special(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "nan", "+nan", "-nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> null;
        };
    }

    /** A number, rounded half away from zero. */
    public static BigDecimal toDecimal(String text, int precision, int scale) {
        BigDecimal rounded = new BigDecimal(number(text)).setScale(scale, RoundingMode.HALF_UP);
        if (rounded.precision() > precision) {
            throw outOfRange(text, "DECIMAL(" + precision + ", " + scale + ")");
        }
        return rounded;
    }

    /** The text, if it is a number that is not millions of digits long: {@code 1e999999999} is short as a text only. */
    static String number(String text) {
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

    /** Milliseconds of the day, without those that are not whole; see {@link TimeTexts}. */
    public static int toTime(String text) {
        return (int) (TimeTexts.nanosOfDay(text) / NANOS_OF_MILLI);
    }

    /** The first {@code length} characters of a text. */
    public static String toVarchar(String text, int length) {
        return text.length() <= length || text.codePointCount(0, text.length()) <= length
                ? text
                : text.substring(0, text.offsetByCodePoints(0, length));
    }

    /** The first {@code length} characters of a text, filled up with blanks. */
    public static String toChar(String text, int length) {
        String cut = toVarchar(text, length);
        return cut + " ".repeat(length - cut.codePointCount(0, cut.length()));
    }

    /** Milliseconds since 1970, those that are not whole cut toward the past; see {@link TimeTexts}. */
    public static long toTimestamp(String text) {
        return Math.floorDiv(TimeTexts.epochMicros(text), MICROS_OF_MILLI);
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

    static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
