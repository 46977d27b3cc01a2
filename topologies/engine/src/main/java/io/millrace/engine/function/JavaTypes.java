package io.millrace.engine.function;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Java types as SQL types, and their values as Calcite's internal ones: {@code boolean} BOOLEAN, {@code byte} TINYINT, {@code
 * short} SMALLINT, {@code int} INTEGER, {@code long} BIGINT, {@code float} REAL, {@code double} DOUBLE (all of them boxed, too),
 * {@code BigDecimal} DECIMAL(38, 10), {@code String} VARCHAR, {@code byte[]} VARBINARY, {@code LocalDate} DATE, {@code LocalTime}
 * TIME, {@code LocalDateTime} TIMESTAMP, {@code Instant} TIMESTAMP WITH LOCAL TIME ZONE, {@code List} ARRAY, {@code Map} MAP.
 */
final class JavaTypes {

    static final String KNOWN =
            "boolean, byte, short, int, long, float, double and their boxes, BigDecimal, String, byte[],"
                    + " LocalDate, LocalTime, LocalDateTime, Instant, List<…> and Map<…, …>";

    private static final int DECIMAL_DIGITS = 38;
    private static final int DECIMAL_SCALE = 10;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Map<Class<?>, SqlTypeName> SCALARS = Map.ofEntries(
            Map.entry(boolean.class, SqlTypeName.BOOLEAN),
            Map.entry(Boolean.class, SqlTypeName.BOOLEAN),
            Map.entry(byte.class, SqlTypeName.TINYINT),
            Map.entry(Byte.class, SqlTypeName.TINYINT),
            Map.entry(short.class, SqlTypeName.SMALLINT),
            Map.entry(Short.class, SqlTypeName.SMALLINT),
            Map.entry(int.class, SqlTypeName.INTEGER),
            Map.entry(Integer.class, SqlTypeName.INTEGER),
            Map.entry(long.class, SqlTypeName.BIGINT),
            Map.entry(Long.class, SqlTypeName.BIGINT),
            Map.entry(float.class, SqlTypeName.REAL),
            Map.entry(Float.class, SqlTypeName.REAL),
            Map.entry(double.class, SqlTypeName.DOUBLE),
            Map.entry(Double.class, SqlTypeName.DOUBLE),
            Map.entry(String.class, SqlTypeName.VARCHAR),
            Map.entry(byte[].class, SqlTypeName.VARBINARY),
            Map.entry(LocalDate.class, SqlTypeName.DATE),
            Map.entry(LocalTime.class, SqlTypeName.TIME),
            Map.entry(LocalDateTime.class, SqlTypeName.TIMESTAMP),
            Map.entry(Instant.class, SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE));

    private JavaTypes() {}

    /** The SQL type, which may be null unless the Java type is primitive; null when there is none. */
    static @Nullable RelDataType sqlType(RelDataTypeFactory types, Type type) {
        RelDataType notNull = notNull(types, type);
        boolean isPrimitive = type instanceof Class<?> known && known.isPrimitive();
        return notNull == null ? null : types.createTypeWithNullability(notNull, !isPrimitive);
    }

    private static @Nullable RelDataType notNull(RelDataTypeFactory types, Type type) {
        if (type == BigDecimal.class) {
            return types.createSqlType(SqlTypeName.DECIMAL, DECIMAL_DIGITS, DECIMAL_SCALE);
        }
        if (type instanceof Class<?> known) {
            SqlTypeName scalar = SCALARS.get(known);
            return scalar == null ? null : types.createSqlType(scalar);
        }
        if (!(type instanceof ParameterizedType generic)) {
            return null;
        }
        List<RelDataType> arguments = new ArrayList<>();
        for (Type argument : generic.getActualTypeArguments()) {
            RelDataType sql = sqlType(types, argument);
            if (sql == null) {
                return null;
            }
            arguments.add(sql);
        }
        if (generic.getRawType() == List.class) {
            return types.createArrayType(arguments.get(0), -1);
        }
        return generic.getRawType() == Map.class
                ? types.createMapType(types.createTypeWithNullability(arguments.get(0), false), arguments.get(1))
                : null;
    }

    /** An internal value as what a method's parameter takes. */
    static @Nullable Object toJava(@Nullable Object value, Type type) {
        if (value == null) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            if (value instanceof Map<?, ?> map) {
                Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
                map.forEach((key, element) -> entries.put(toJava(key, arguments[0]), toJava(element, arguments[1])));
                return entries;
            }
            List<@Nullable Object> elements = new ArrayList<>();
            ((List<?>) value).forEach(element -> elements.add(toJava(element, arguments[0])));
            return elements;
        }
        if (value instanceof Number number) {
            return ofNumber(number, type);
        }
        return value instanceof ByteString bytes ? bytes.getBytes() : value;
    }

    private static Object ofNumber(Number number, Type type) {
        if (type == LocalDate.class) {
            return LocalDate.ofEpochDay(number.longValue());
        }
        if (type == LocalTime.class) {
            return LocalTime.ofNanoOfDay(number.longValue() * NANOS_PER_MILLI);
        }
        if (type == LocalDateTime.class) {
            return LocalDateTime.ofInstant(Instant.ofEpochMilli(number.longValue()), ZoneOffset.UTC);
        }
        return type == Instant.class ? Instant.ofEpochMilli(number.longValue()) : number;
    }

    /**
     * What a method gives, as an internal value.
     *
     * @throws ArithmeticException when it is too large for its SQL type
     */
    static @Nullable Object toInternal(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return new ByteString(bytes);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal(decimal);
        }
        if (value instanceof LocalDate date) {
            return Math.toIntExact(date.toEpochDay());
        }
        if (value instanceof LocalTime time) {
            return Math.toIntExact(time.toNanoOfDay() / NANOS_PER_MILLI);
        }
        if (value instanceof LocalDateTime time) {
            return time.toInstant(ZoneOffset.UTC).toEpochMilli();
        }
        if (value instanceof Instant instant) {
            return instant.toEpochMilli();
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, element) -> entries.put(toInternal(key), toInternal(element)));
            return entries;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(toInternal(element)));
            return elements;
        }
        return value;
    }

    private static BigDecimal decimal(BigDecimal value) {
        if ((long) value.precision() - value.scale() > DECIMAL_DIGITS - DECIMAL_SCALE) {
            throw new ArithmeticException("The function's result has more than " + (DECIMAL_DIGITS - DECIMAL_SCALE)
                    + " digits before the point");
        }
        return value.setScale(DECIMAL_SCALE, RoundingMode.HALF_UP);
    }
}
