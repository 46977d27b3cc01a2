package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column's values, exactly: a value that its type cannot hold is an error, never another value. Only the microseconds of
 * a time are cut to milliseconds, since Connect's times have no more.
 *
 * @param column what rows carry
 * @param source the table's column
 * @param family what the table's column holds
 */
record ColumnReader(Column column, TableColumn source, ColumnFamily family) {

    /** Whether values of {@code family} can be values of {@code kind}. */
    static boolean fits(ColumnFamily family, ColumnType.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> family == ColumnFamily.BOOLEAN;
            case TINYINT, SMALLINT, INT, BIGINT, DECIMAL ->
                family == ColumnFamily.WHOLE || family == ColumnFamily.DECIMAL;
            case REAL, DOUBLE -> family == ColumnFamily.FLOATING || family == ColumnFamily.WHOLE;
            case STRING -> family != ColumnFamily.BYTES;
            case BYTES -> family == ColumnFamily.BYTES;
            case DATE -> family == ColumnFamily.DATE;
            case TIME -> family == ColumnFamily.TIME;
            case TIMESTAMP -> family == ColumnFamily.LOCAL_TIMESTAMP || family == ColumnFamily.INSTANT;
        };
    }

    /** What a query selects for it. */
    String expression(Dialect dialect) {
        String name = dialect.quote(source.name());
        return column.type().kind() == ColumnType.Kind.STRING && family != ColumnFamily.TEXT
                ? dialect.asText(name)
                : name;
    }

    /**
     * The value in the current row, as its Connect schema wants it.
     *
     * @throws BadValueException when it does not fit
     */
    @Nullable
    Object read(ResultSet rows, int index) throws SQLException, BadValueException {
        String text = rows.getString(index);
        if (text == null) {
            if (!column.nullable()) {
                throw new BadValueException("column '" + column.name() + "': null, but it is NOT NULL");
            }
            return null;
        }
        try {
            return value(rows, index, text);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw misfit(text, e);
        } catch (SQLException e) {
            // The driver could not make the value out of the text; the connection is fine.
            if (String.valueOf(e.getSQLState()).startsWith("22")) {
                throw misfit(text, e);
            }
            throw e;
        }
    }

    private BadValueException misfit(String text, Exception cause) {
        return new BadValueException(
                "column '" + column.name() + "': '" + ColumnType.shortened(text) + "' does not fit " + column.type(),
                cause);
    }

    private Object value(ResultSet rows, int index, String text) throws SQLException {
        ColumnType type = column.type();
        return switch (type.kind()) {
            case BOOLEAN -> rows.getBoolean(index);
            case TINYINT -> new BigDecimal(text).byteValueExact();
            case SMALLINT -> new BigDecimal(text).shortValueExact();
            case INT -> new BigDecimal(text).intValueExact();
            case BIGINT -> new BigDecimal(text).longValueExact();
            case REAL -> real(rows, index);
            case DOUBLE -> exact(rows, index);
            case DECIMAL -> decimal(rows.getBigDecimal(index), type);
            case STRING -> text;
            case BYTES -> ByteBuffer.wrap(rows.getBytes(index));
            case DATE -> Date.toLogical(Date.SCHEMA, Math.toIntExact(date(rows, index)));
            case TIME -> Time.toLogical(Time.SCHEMA, millisOfDay(rows.getObject(index, LocalTime.class)));
            case TIMESTAMP -> java.util.Date.from(instant(rows, index));
        };
    }

    private float real(ResultSet rows, int index) throws SQLException {
        if (source.jdbcType() == Types.REAL) {
            return rows.getFloat(index);
        }
        double value = exact(rows, index);
        float narrow = (float) value;
        if (Double.compare(narrow, value) != 0) {
            throw new ArithmeticException("digits would be lost");
        }
        return narrow;
    }

    private double exact(ResultSet rows, int index) throws SQLException {
        double value = rows.getDouble(index);
        if (family == ColumnFamily.WHOLE
                && new BigDecimal(value).compareTo(BigDecimal.valueOf(rows.getLong(index))) != 0) {
            throw new ArithmeticException("digits would be lost");
        }
        return value;
    }

    private static BigDecimal decimal(BigDecimal value, ColumnType type) {
        BigDecimal scaled = value.setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("too many digits");
        }
        return scaled;
    }

    private static long date(ResultSet rows, int index) throws SQLException {
        return rows.getObject(index, LocalDate.class).toEpochDay();
    }

    /** The driver reads 24:00, which no clock of Connect shows, as the last nanosecond of the day. */
    private static int millisOfDay(LocalTime time) {
        if (time.equals(LocalTime.MAX)) {
            throw new ArithmeticException("24:00");
        }
        return Math.toIntExact(time.toNanoOfDay() / 1_000_000);
    }

    private Instant instant(ResultSet rows, int index) throws SQLException {
        return family == ColumnFamily.INSTANT
                ? rows.getObject(index, OffsetDateTime.class).toInstant()
                : rows.getObject(index, LocalDateTime.class).toInstant(ZoneOffset.UTC);
    }
}
