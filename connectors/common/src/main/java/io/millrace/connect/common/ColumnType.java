package io.millrace.connect.common;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * The SQL type of a column and how text becomes its Connect value.
 *
 * @param kind the type without its parameters
 * @param precision digits in all of a DECIMAL; 0 for other types
 * @param scale digits behind the point of a DECIMAL; 0 for other types
 */
public record ColumnType(Kind kind, int precision, int scale) {

    /** The types, each with the names that it goes by. */
    public enum Kind {
        BOOLEAN,
        TINYINT,
        SMALLINT,
        INT,
        BIGINT,
        REAL,
        DOUBLE,
        DECIMAL,
        STRING,
        BYTES,
        DATE,
        TIME,
        TIMESTAMP
    }

    private static final Map<String, Kind> NAMES = Map.ofEntries(
            Map.entry("BOOLEAN", Kind.BOOLEAN),
            Map.entry("TINYINT", Kind.TINYINT),
            Map.entry("SMALLINT", Kind.SMALLINT),
            Map.entry("INT", Kind.INT),
            Map.entry("INTEGER", Kind.INT),
            Map.entry("BIGINT", Kind.BIGINT),
            Map.entry("REAL", Kind.REAL),
            Map.entry("FLOAT", Kind.DOUBLE),
            Map.entry("DOUBLE", Kind.DOUBLE),
            Map.entry("DECIMAL", Kind.DECIMAL),
            Map.entry("NUMERIC", Kind.DECIMAL),
            Map.entry("STRING", Kind.STRING),
            Map.entry("VARCHAR", Kind.STRING),
            Map.entry("CHAR", Kind.STRING),
            Map.entry("BYTES", Kind.BYTES),
            Map.entry("VARBINARY", Kind.BYTES),
            Map.entry("BINARY", Kind.BYTES),
            Map.entry("DATE", Kind.DATE),
            Map.entry("TIME", Kind.TIME),
            Map.entry("TIMESTAMP", Kind.TIMESTAMP));

    private static final int MAX_DIGITS = 1000;
    private static final DateTimeFormatter TIMESTAMP_TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendPattern("[' ']['T']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][X]")
            .toFormatter(Locale.ROOT);

    /** The type with this name, or null when there is none; parameters other than a DECIMAL's do not matter to Connect. */
    static @Nullable ColumnType named(String name, int[] parameters) {
        Kind kind = NAMES.get(name.toUpperCase(Locale.ROOT));
        if (kind == null) {
            return null;
        }
        if (kind != Kind.DECIMAL) {
            return new ColumnType(kind, 0, 0);
        }
        return new ColumnType(
                kind, parameters.length > 0 ? parameters[0] : 19, parameters.length > 1 ? parameters[1] : 0);
    }

    /** A builder of this type's Connect schema. */
    SchemaBuilder schema() {
        return switch (kind) {
            case BOOLEAN -> SchemaBuilder.bool();
            case TINYINT -> SchemaBuilder.int8();
            case SMALLINT -> SchemaBuilder.int16();
            case INT -> SchemaBuilder.int32();
            case BIGINT -> SchemaBuilder.int64();
            case REAL -> SchemaBuilder.float32();
            case DOUBLE -> SchemaBuilder.float64();
            // The name that Confluent's converters know the precision by
            case DECIMAL -> Decimal.builder(scale).parameter("connect.decimal.precision", Integer.toString(precision));
            case STRING -> SchemaBuilder.string();
            case BYTES -> SchemaBuilder.bytes();
            case DATE -> Date.builder();
            case TIME -> Time.builder();
            case TIMESTAMP -> Timestamp.builder();
        };
    }

    /**
     * The Connect value that {@code text} stands for: numbers in decimal, booleans as {@code true} or {@code false}, bytes in
     * Base64, dates and times in ISO 8601; a timestamp without a zone is UTC.
     *
     * @throws BadValueException when it stands for none
     */
    public Object fromText(String column, String text) throws BadValueException {
        try {
            return switch (kind) {
                case BOOLEAN -> bool(text);
                case TINYINT -> Byte.valueOf(text);
                case SMALLINT -> Short.valueOf(text);
                case INT -> Integer.valueOf(text);
                case BIGINT -> Long.valueOf(text);
                case REAL -> Float.valueOf(text);
                case DOUBLE -> Double.valueOf(text);
                case DECIMAL -> decimal(new BigDecimal(text));
                case STRING -> text;
                case BYTES -> ByteBuffer.wrap(Base64.getDecoder().decode(text));
                case DATE ->
                    Date.toLogical(
                            Date.SCHEMA, Math.toIntExact(LocalDate.parse(text).toEpochDay()));
                case TIME ->
                    Time.toLogical(
                            Time.SCHEMA, Math.toIntExact(LocalTime.parse(text).toNanoOfDay() / 1_000_000));
                case TIMESTAMP -> java.util.Date.from(instant(text));
            };
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new BadValueException("column '" + column + "': '" + shortened(text) + "' is not a " + this, e);
        }
    }

    private static boolean bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw new IllegalArgumentException(text);
    }

    /** With exactly this scale; digits are never dropped. */
    private BigDecimal decimal(BigDecimal value) {
        // Before the scale is set: 1E999999999 would be written out in full.
        if ((long) value.precision() - value.scale() + scale > MAX_DIGITS) {
            throw new ArithmeticException("too many digits");
        }
        BigDecimal scaled = value.setScale(scale, RoundingMode.UNNECESSARY);
        if (scaled.precision() > precision) {
            throw new ArithmeticException("too many digits");
        }
        return scaled;
    }

    private static Instant instant(String text) {
        TemporalAccessor parsed = TIMESTAMP_TEXT.parseBest(text, Instant::from, LocalDateTime::from);
        return parsed instanceof Instant instant
                ? instant
                : LocalDateTime.from(parsed).toInstant(ZoneOffset.UTC);
    }

    /** At most forty characters: enough to find the value by, and never the whole of a document. */
    public static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 37) + "...";
    }

    @Override
    public String toString() {
        return kind == Kind.DECIMAL ? "DECIMAL(" + precision + ", " + scale + ")" : kind.name();
    }
}
