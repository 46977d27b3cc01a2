package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableColumn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * How a column's values are copied: as its own type, or as another one that the database then turns into it as an INSERT would.
 *
 * @param cell writes a value
 * @param stagedAs the type that the value is written as; null when it is the column's own
 */
record CopyColumn(CopyCell cell, @Nullable String stagedAs) {

    static final String TEXT = "text";

    private static final long DAY_MS = 86_400_000;
    private static final long EPOCH_DAYS = 10_957;
    private static final long EPOCH_MS = EPOCH_DAYS * DAY_MS;
    private static final int JSONB_VERSION = 1;
    private static final int MAX_SCALE = 16_383;

    static CopyColumn of(Schema schema, TableColumn column) {
        String type = column.typeName();
        String logical = schema.name() == null ? "" : schema.name();
        return switch (logical) {
            case Decimal.LOGICAL_NAME -> as("numeric", type, CopyColumn::decimal);
            case org.apache.kafka.connect.data.Date.LOGICAL_NAME -> as("date", type, CopyColumn::date);
            case Time.LOGICAL_NAME -> as("time", type, CopyColumn::time);
            case Timestamp.LOGICAL_NAME ->
                as(type.equals("timestamptz") ? "timestamptz" : "timestamp", type, CopyColumn::timestamp);
            default ->
                switch (schema.type()) {
                    case BOOLEAN -> as("bool", type, (value, out) -> out.bool((Boolean) value));
                    case INT8, INT16, INT32, INT64 -> whole(type);
                    case FLOAT32 ->
                        type.equals("float8")
                                ? new CopyColumn(CopyColumn::float8, null)
                                : as("float4", type, CopyColumn::float4);
                    case FLOAT64 -> as("float8", type, CopyColumn::float8);
                    case STRING, ARRAY, MAP, STRUCT -> text(type);
                    case BYTES -> as("bytea", type, CopyColumn::bytes);
                };
        };
    }

    private static CopyColumn as(String written, String type, CopyCell cell) {
        return new CopyColumn(cell, written.equals(type) ? null : written);
    }

    private static CopyColumn whole(String type) {
        return switch (type) {
            case "int2", "smallserial" ->
                new CopyColumn(
                        (value, out) -> out.int2((int) inRange(value, Short.MIN_VALUE, Short.MAX_VALUE, "smallint")),
                        null);
            case "int4", "serial" ->
                new CopyColumn(
                        (value, out) -> out.int4((int) inRange(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "integer")),
                        null);
            case "int8", "bigserial" -> new CopyColumn((value, out) -> out.int8(((Number) value).longValue()), null);
            case "numeric" ->
                new CopyColumn((value, out) -> CopyNumeric.write(((Number) value).longValue(), out), null);
            default -> new CopyColumn((value, out) -> out.int8(((Number) value).longValue()), "int8");
        };
    }

    private static long inRange(Object value, long least, long most, String type) throws SQLException {
        long number = ((Number) value).longValue();
        if (number < least || number > most) {
            throw new SQLDataException(type + " out of range: " + number, "22003");
        }
        return number;
    }

    private static CopyColumn text(String type) {
        return switch (type) {
            case "text", "varchar", "bpchar", "name", "json" ->
                new CopyColumn((value, out) -> out.text((String) value), null);
            case "jsonb" -> new CopyColumn((value, out) -> out.prefixed(JSONB_VERSION, (String) value), null);
            case "uuid" -> new CopyColumn((value, out) -> CopyUuid.write((String) value, out), null);
            default -> new CopyColumn((value, out) -> out.text((String) value), TEXT);
        };
    }

    private static void float4(Object value, CopyRows out) {
        out.int4(Float.floatToIntBits((Float) value));
    }

    private static void float8(Object value, CopyRows out) {
        out.int8(Double.doubleToLongBits(((Number) value).doubleValue()));
    }

    private static void decimal(Object value, CopyRows out) throws SQLException {
        BigDecimal number = (BigDecimal) value;
        if (Math.abs((long) number.scale()) > MAX_SCALE) {
            throw new SQLDataException("value overflows numeric format: scale " + number.scale(), "22003");
        }
        CopyNumeric.write(number, out);
    }

    /** Without the object that an Instant would be: this is done for every cell. */
    @SuppressWarnings("JavaUtilDate")
    private static long milliseconds(Object value) {
        return ((Date) value).getTime();
    }

    private static void date(Object value, CopyRows out) throws SQLException {
        long days = Math.floorDiv(milliseconds(value), DAY_MS) - EPOCH_DAYS;
        out.int4((int) inRange(days, Integer.MIN_VALUE + 1L, Integer.MAX_VALUE - 1L, "date"));
    }

    private static void time(Object value, CopyRows out) {
        out.int8(Math.floorMod(milliseconds(value), DAY_MS) * 1000);
    }

    private static void timestamp(Object value, CopyRows out) throws SQLException {
        // The farthest times are infinity to the database.
        long most = Long.MAX_VALUE / 1000 - 1;
        long sinceEpoch = inRange(milliseconds(value), -most + EPOCH_MS, most, "timestamp") - EPOCH_MS;
        out.int8(sinceEpoch * 1000);
    }

    private static void bytes(Object value, CopyRows out) {
        if (value instanceof ByteBuffer buffer) {
            out.raw(buffer);
        } else {
            out.raw((byte[]) value);
        }
    }
}
