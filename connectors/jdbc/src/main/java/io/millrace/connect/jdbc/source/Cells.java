package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.ColumnType;
import io.millrace.connect.jdbc.database.ColumnFamily;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/** The readers of a result set's columns. None goes by way of a text but those of dates and times, which come as such. */
final class Cells {

    private Cells() {}

    /** The reader of a column; {@code isStrict} says that the driver turns no value into one of another type without a word. */
    static Cell of(ColumnReader column, boolean isStrict) {
        ColumnType type = column.column().type();
        Cell cell = switch (type.kind()) {
            case BOOLEAN -> isStrict ? Cells::bool : Cells::boolOfText;
            case TINYINT, SMALLINT, INT, BIGINT ->
                column.family() == ColumnFamily.WHOLE && isStrict
                        ? (rows, index) -> whole(rows, index, type.kind())
                        : (rows, index) -> wholeOfText(rows.getString(index), type.kind());
            case REAL -> real(column, isStrict);
            case DOUBLE -> floating(column, isStrict);
            case DECIMAL -> (rows, index) -> decimal(rows, index, type, isStrict);
            case STRING -> ResultSet::getString;
            case BYTES -> Cells::bytes;
            case DATE -> Cells::date;
            case TIME -> Cells::time;
            case TIMESTAMP -> Cells::timestamp;
        };
        return cell;
    }

    private static @Nullable Object bool(ResultSet rows, int index) throws SQLException {
        boolean value = rows.getBoolean(index);
        return rows.wasNull() ? null : (Object) value;
    }

    private static @Nullable Object boolOfText(ResultSet rows, int index) throws SQLException {
        String text = rows.getString(index);
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "1" -> true;
            case "0" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static @Nullable Object whole(ResultSet rows, int index, ColumnType.Kind kind) throws SQLException {
        long value = rows.getLong(index);
        return rows.wasNull() ? null : ConnectValues.whole(value, kind);
    }

    private static @Nullable Object wholeOfText(@Nullable String text, ColumnType.Kind kind) {
        return text == null ? null : ConnectValues.whole(new BigDecimal(text).longValueExact(), kind);
    }

    private static Cell real(ColumnReader column, boolean isStrict) {
        if (column.source().jdbcType() == Types.REAL && column.family() == ColumnFamily.FLOATING && isStrict) {
            return (rows, index) -> {
                float value = rows.getFloat(index);
                return rows.wasNull() ? null : (Object) value;
            };
        }
        Cell wide = floating(column, isStrict);
        return (rows, index) -> {
            Object value = wide.read(rows, index);
            return value == null ? null : ConnectValues.real((Double) value);
        };
    }

    private static Cell floating(ColumnReader column, boolean isStrict) {
        if (!isStrict) {
            return (rows, index) -> {
                String text = rows.getString(index);
                return text == null ? null : (Object) Double.valueOf(text);
            };
        }
        if (column.family() == ColumnFamily.WHOLE) {
            return (rows, index) -> {
                long value = rows.getLong(index);
                return rows.wasNull() ? null : (Object) ConnectValues.floating(value);
            };
        }
        return (rows, index) -> {
            double value = rows.getDouble(index);
            return rows.wasNull() ? null : (Object) value;
        };
    }

    private static @Nullable Object decimal(ResultSet rows, int index, ColumnType type, boolean isStrict)
            throws SQLException {
        if (isStrict) {
            BigDecimal value = rows.getBigDecimal(index);
            return value == null ? null : ConnectValues.decimal(value, type);
        }
        String text = rows.getString(index);
        return text == null ? null : ConnectValues.decimal(new BigDecimal(text), type);
    }

    private static @Nullable Object bytes(ResultSet rows, int index) throws SQLException {
        byte[] bytes = rows.getBytes(index);
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static @Nullable Object date(ResultSet rows, int index) throws SQLException {
        String text = rows.getString(index);
        return text == null ? null : ConnectValues.date(TemporalText.days(text));
    }

    private static @Nullable Object time(ResultSet rows, int index) throws SQLException {
        String text = rows.getString(index);
        return text == null ? null : ConnectValues.time(TemporalText.microsOfDay(text));
    }

    private static @Nullable Object timestamp(ResultSet rows, int index) throws SQLException {
        String text = rows.getString(index);
        return text == null ? null : ConnectValues.timestamp(TemporalText.micros(text));
    }
}
