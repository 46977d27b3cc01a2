package io.millrace.engine.row;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.Base64;
import java.util.UUID;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * Texts as the internal values of types that are not nested, and back. Numbers are decimal, dates, times and intervals in
 * ISO 8601, timestamps too, with a blank for the {@code T} at will; bytes are in base64. A whole number that stands for a
 * DATE counts days, for a TIME or TIMESTAMP of 0, 3 or 6 digits seconds, milliseconds or microseconds. A timestamp without a
 * zone is in UTC, and only one WITH LOCAL TIME ZONE may have another. Nothing is rounded or cut, but a fraction becomes the
 * DOUBLE or REAL next to it.
 */
public final class TextValues {

    /** Digits of numbers: more take longer than their square to read. */
    private static final int MAX_NUMBER_CHARACTERS = 1_000;

    private static final long NANOS_OF_SECOND = 1_000_000_000;
    private static final int NANOS_OF_MILLI = 1_000_000;

    private TextValues() {}

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException when it is none of the type, or the type is nested; the message says why
     */
    public static Object parse(String text, RelDataType type) {
        try {
            return value(text, type);
        } catch (UnfitValueException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    static Object value(String text, RelDataType type) {
        Object value = ofAnyLength(text, type);
        return Lengths.isLimited(type) ? Lengths.check(value, type) : value;
    }

    private static Object ofAnyLength(String text, RelDataType type) {
        try {
            return switch (type.getSqlTypeName()) {
                case BOOLEAN -> truth(text, type);
                case TINYINT, SMALLINT, INTEGER, BIGINT -> ExactValues.whole(decimal(text, type), type);
                case DECIMAL -> ExactValues.decimal(decimal(text, type), type);
                case REAL, FLOAT, DOUBLE -> floating(text, type);
                case CHAR, VARCHAR -> text;
                case BINARY, VARBINARY -> new ByteString(Base64.getDecoder().decode(text));
                case UUID -> ExactValues.uuid(text);
                case DATE -> isWholeNumber(text) ? count(text, type) : days(LocalDate.parse(text));
                case TIME -> isWholeNumber(text) ? count(text, type) : time(LocalTime.parse(text), type);
                case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                    isWholeNumber(text) ? count(text, type) : timestamp(text, type);
                default -> interval(text, type);
            };
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw unfit(text, type);
        }
    }

    private static UnfitValueException unfit(Object text, RelDataType type) {
        return new UnfitValueException("'" + UnfitValueException.shown(text) + "' is no " + ExactValues.name(type));
    }

    private static Boolean truth(String text, RelDataType type) {
        if (text.equalsIgnoreCase("true")) {
            return true;
        }
        if (text.equalsIgnoreCase("false")) {
            return false;
        }
        throw unfit(text, type);
    }

    static BigDecimal decimal(String text, RelDataType type) {
        if (text.length() > MAX_NUMBER_CHARACTERS) {
            throw unfit(text, type);
        }
        return new BigDecimal(text);
    }

    /** A number as a DOUBLE or REAL: a whole one exactly, a fraction as the one next to it. */
    static Object floating(String text, RelDataType type) {
        boolean isReal = type.getSqlTypeName() == SqlTypeName.REAL;
        if (text.equals("NaN") || text.endsWith("Infinity")) {
            return isReal ? (Object) Float.parseFloat(text) : (Object) Double.parseDouble(text);
        }
        BigDecimal exact = decimal(text, type);
        double value = isReal ? exact.floatValue() : exact.doubleValue();
        boolean isWhole = text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        if (Double.isInfinite(value) || (isWhole && new BigDecimal(value).compareTo(exact) != 0)) {
            throw new UnfitValueException(
                    UnfitValueException.shown(text) + " is not exactly a " + ExactValues.name(type));
        }
        return isReal ? (Object) (float) value : (Object) value;
    }

    private static boolean isWholeNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        return text.length() > start
                && text.length() < 20
                && text.chars().skip(start).allMatch(c -> c >= '0' && c <= '9');
    }

    private static Object count(String text, RelDataType type) {
        return count(Long.parseLong(text), type);
    }

    /** A whole number as a DATE, TIME or TIMESTAMP. */
    static Object count(long count, RelDataType type) {
        if (type.getSqlTypeName() == SqlTypeName.DATE) {
            return Math.toIntExact(count);
        }
        return switch (type.getPrecision()) {
            case 0 -> ExactValues.time(count, 1, type);
            case 3 -> ExactValues.time(count, 1_000, type);
            case 6 -> ExactValues.time(count, 1_000_000, type);
            default ->
                throw new UnfitValueException(
                        count + " is a number, and could be of any unit for " + ExactValues.name(type));
        };
    }

    private static int days(LocalDate date) {
        return Math.toIntExact(date.toEpochDay());
    }

    private static Object time(LocalTime time, RelDataType type) {
        return ExactValues.time(time.toNanoOfDay(), NANOS_OF_SECOND, type);
    }

    private static Object timestamp(String text, RelDataType type) {
        String iso = text.indexOf(' ') == 10 ? text.substring(0, 10) + "T" + text.substring(11) : text;
        if (iso.length() <= 10) {
            return timestamp(LocalDate.parse(iso).atStartOfDay(), type);
        }
        if (!hasZone(iso)) {
            return timestamp(LocalDateTime.parse(iso), type);
        }
        OffsetDateTime instant = OffsetDateTime.parse(iso);
        if (type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                && instant.getOffset().getTotalSeconds() != 0) {
            throw new UnfitValueException(
                    "'" + UnfitValueException.shown(text)
                            + "' has a time zone of its own, which TIMESTAMP WITH LOCAL TIME ZONE knows and TIMESTAMP does not");
        }
        return timestamp(instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime(), type);
    }

    private static boolean hasZone(String iso) {
        return iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
    }

    private static Object timestamp(LocalDateTime time, RelDataType type) {
        TimeResolution resolution = TimeResolution.of(type);
        long fraction = time.getLong(ChronoField.NANO_OF_SECOND);
        long nanos = NANOS_OF_SECOND / resolution.perSecond();
        if (fraction % nanos != 0) {
            throw new UnfitValueException("'" + time + "' is finer than " + ExactValues.name(type));
        }
        return Math.addExact(
                Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), resolution.perSecond()), fraction / nanos);
    }

    private static Object interval(String text, RelDataType type) {
        return switch (IntervalKind.of(type).orElseThrow(() -> unfit(text, type))) {
            case YEAR_MONTH -> {
                Period period = Period.parse(text);
                if (!period.withDays(0).equals(period)) {
                    throw unfit(text, type);
                }
                yield Math.toIntExact(period.toTotalMonths());
            }
            case DAY_TIME -> {
                Duration duration = Duration.parse(text);
                if (duration.toNanosPart() % NANOS_OF_MILLI != 0) {
                    throw new UnfitValueException("'" + text + "' is finer than the milliseconds of an INTERVAL");
                }
                yield duration.toMillis();
            }
        };
    }

    /**
     * The text of a value: what {@link #parse} makes the value of.
     *
     * @throws IllegalArgumentException when the type is nested
     */
    public static String format(Object value, RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, FLOAT, DOUBLE, CHAR, VARCHAR -> value.toString();
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            case BINARY, VARBINARY -> Base64.getEncoder().encodeToString(((ByteString) value).getBytes());
            case UUID -> ((UUID) value).toString();
            case DATE -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
            case TIME -> {
                long nanos = NANOS_OF_SECOND / TimeResolution.of(type).perSecond();
                yield LocalTime.ofNanoOfDay(((Number) value).longValue() * nanos)
                        .toString();
            }
            case TIMESTAMP -> dateTime(((Number) value).longValue(), type).toString();
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                dateTime(((Number) value).longValue(), type)
                        .toInstant(ZoneOffset.UTC)
                        .toString();
            default ->
                switch (IntervalKind.of(type)
                        .orElseThrow(() ->
                                new IllegalArgumentException(ExactValues.name(type) + " has no text of its own"))) {
                    case YEAR_MONTH ->
                        Period.ofMonths(((Number) value).intValue())
                                .normalized()
                                .toString();
                    case DAY_TIME ->
                        Duration.ofMillis(((Number) value).longValue()).toString();
                };
        };
    }

    private static LocalDateTime dateTime(long count, RelDataType type) {
        long perSecond = TimeResolution.of(type).perSecond();
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(count, perSecond),
                (int) (Math.floorMod(count, perSecond) * (NANOS_OF_SECOND / perSecond)),
                ZoneOffset.UTC);
    }
}
