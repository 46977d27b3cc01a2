package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.ColumnType;
import io.millrace.connect.jdbc.database.ColumnFamily;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The binary forms of PostgreSQL's values, as its functions {@code int8send}, {@code numeric_send}, {@code timestamp_send} and their like
 * write them: big-endian, times as microseconds since 2000-01-01.
 */
final class BinaryCells {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int DAYS_TO_2000 = 10_957;
    private static final long MICROS_TO_2000 = DAYS_TO_2000 * TemporalText.MICROS_PER_DAY;

    private BinaryCells() {}

    /** The reader of a column as {@link ColumnReader#expression} selects it. */
    static BinaryCell of(ColumnReader column) {
        ColumnType type = column.column().type();
        ColumnType.Kind kind = type.kind();
        return switch (kind) {
            case BOOLEAN -> (row, at, length) -> row[at] != 0;
            case TINYINT, SMALLINT, INT, BIGINT -> whole(column.family(), kind);
            case REAL -> real(column.family());
            case DOUBLE -> floating(column.family());
            case DECIMAL ->
                column.family() == ColumnFamily.WHOLE
                        ? (row, at, length) -> ConnectValues.decimal(BigDecimal.valueOf(whole(row, at, length)), type)
                        : (row, at, length) -> BinaryNumeric.decimal(row, at, type);
            case STRING -> (row, at, length) -> new String(row, at, length, StandardCharsets.UTF_8);
            case BYTES -> (row, at, length) -> ByteBuffer.wrap(Arrays.copyOfRange(row, at, at + length));
            case DATE -> (row, at, length) -> ConnectValues.date(days(row, at));
            case TIME -> (row, at, length) -> ConnectValues.time(microsOfDay(row, at));
            case TIMESTAMP -> (row, at, length) -> ConnectValues.timestamp(micros(row, at));
        };
    }

    /** The reader of an order's column as {@link RowOrder#expressions} selects it. */
    static BinaryCell ofPlace(ColumnFamily family) {
        return family == ColumnFamily.WHOLE
                ? (row, at, length) -> whole(row, at, length)
                : (row, at, length) -> new String(row, at, length, StandardCharsets.UTF_8);
    }

    private static BinaryCell whole(ColumnFamily family, ColumnType.Kind kind) {
        if (family == ColumnFamily.DECIMAL) {
            return (row, at, length) ->
                    ConnectValues.whole(BinaryNumeric.decimal(row, at).longValueExact(), kind);
        }
        return (row, at, length) -> ConnectValues.whole(whole(row, at, length), kind);
    }

    private static BinaryCell real(ColumnFamily family) {
        return family == ColumnFamily.WHOLE
                ? (row, at, length) -> ConnectValues.real(ConnectValues.floating(whole(row, at, length)))
                : (row, at, length) ->
                        length == 4 ? floatAt(row, at) : (Object) ConnectValues.real(floating(row, at, length));
    }

    private static BinaryCell floating(ColumnFamily family) {
        return family == ColumnFamily.WHOLE
                ? (row, at, length) -> ConnectValues.floating(whole(row, at, length))
                : (row, at, length) -> floating(row, at, length);
    }

    static int shortAt(byte[] row, int at) {
        return (short) SHORT.get(row, at);
    }

    static int intAt(byte[] row, int at) {
        return (int) INT.get(row, at);
    }

    private static long longAt(byte[] row, int at) {
        return (long) LONG.get(row, at);
    }

    private static float floatAt(byte[] row, int at) {
        return Float.intBitsToFloat(intAt(row, at));
    }

    private static double floating(byte[] row, int at, int length) {
        return length == 4 ? floatAt(row, at) : Double.longBitsToDouble(longAt(row, at));
    }

    private static long whole(byte[] row, int at, int length) {
        return switch (length) {
            case 2 -> shortAt(row, at);
            case 4 -> intAt(row, at);
            default -> longAt(row, at);
        };
    }

    private static int days(byte[] row, int at) {
        int days = intAt(row, at);
        if (days == Integer.MAX_VALUE || days == Integer.MIN_VALUE) {
            throw new IllegalArgumentException("infinity");
        }
        return Math.addExact(days, DAYS_TO_2000);
    }

    private static long microsOfDay(byte[] row, int at) {
        long micros = longAt(row, at);
        if (micros >= TemporalText.MICROS_PER_DAY) {
            throw new ArithmeticException("24:00");
        }
        return micros;
    }

    private static long micros(byte[] row, int at) {
        long micros = longAt(row, at);
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            throw new IllegalArgumentException("infinity");
        }
        return Math.addExact(micros, MICROS_TO_2000);
    }
}
