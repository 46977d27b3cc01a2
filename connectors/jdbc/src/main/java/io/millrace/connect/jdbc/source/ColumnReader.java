package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.BadValueException;
import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import org.jspecify.annotations.Nullable;

/**
 * How a table's column becomes a row's, exactly: a value that its type cannot hold is an error, never another value. Only the
 * microseconds of a time are cut to milliseconds, since Connect's times have no more.
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
            case REAL, DOUBLE ->
                family == ColumnFamily.FLOATING || family == ColumnFamily.WHOLE || family == ColumnFamily.DECIMAL;
            case STRING -> family != ColumnFamily.BYTES;
            case BYTES -> family == ColumnFamily.BYTES;
            case DATE -> family == ColumnFamily.DATE;
            case TIME -> family == ColumnFamily.TIME;
            case TIMESTAMP -> family == ColumnFamily.LOCAL_TIMESTAMP || family == ColumnFamily.INSTANT;
        };
    }

    /** What a query selects for it. */
    String expression(Relation relation, Dialect dialect) {
        String name = relation.column(source, dialect);
        return isCast() ? dialect.asText(name) : dialect.typed(source, name);
    }

    /** Whether the database writes its values as texts. */
    boolean isCast() {
        return column.type().kind() == ColumnType.Kind.STRING && family != ColumnFamily.TEXT;
    }

    BadValueException isNull() {
        return new BadValueException("column '" + column.name() + "': null, but it is NOT NULL");
    }

    BadValueException tooLong(int bytes, int most) {
        return new BadValueException("column '" + column.name() + "': " + bytes + " bytes, and "
                + SourceDefinition.CELL_MAX_BYTES + " is " + most);
    }

    BadValueException misfit(@Nullable String text, Exception cause) {
        return new BadValueException(
                "column '" + column.name() + "': '" + ColumnType.shortened(String.valueOf(text)) + "' does not fit "
                        + column.type(),
                cause);
    }
}
