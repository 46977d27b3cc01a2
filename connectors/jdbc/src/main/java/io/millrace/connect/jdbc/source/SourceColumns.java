package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.Column;
import io.millrace.connect.common.ColumnType;
import io.millrace.connect.common.RowShape;
import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Brings together the columns that are wanted and those that a table has.
 *
 * @param table the table
 * @param dialect what knows its types
 */
record SourceColumns(Table table, Dialect dialect) {

    private static final ColumnType TEXT = new ColumnType(ColumnType.Kind.STRING, 0, 0);

    /**
     * How to read the rows that {@code options} ask for; all columns when they list none.
     *
     * @throws ConnectException naming the column, when one is not there or is of a type that cannot be read
     */
    RowReader reader(SourceOptions options, DecimalMapping decimals) {
        RowShape listed = options.shape();
        if (listed != null) {
            return new RowReader(
                    listed, listed.columns().stream().map(this::listed).toList());
        }
        List<ColumnReader> readers = new ArrayList<>();
        for (TableColumn column : table.columns()) {
            readers.add(found(column, decimals));
        }
        try {
            List<Column> columns = readers.stream().map(ColumnReader::column).toList();
            return new RowReader(RowShape.of(options.topic(), columns, options.keyColumns()), readers);
        } catch (ConfigException e) {
            throw new ConnectException("Table " + table.name() + ": " + e.getMessage(), e);
        }
    }

    private ColumnReader listed(Column wanted) {
        TableColumn column = require(wanted.name(), SourceOptions.COLUMNS);
        ColumnFamily family = dialect.family(column);
        if (!ColumnReader.fits(family, wanted.type().kind())) {
            ColumnType own = dialect.columnType(column);
            throw new ConnectException("Column '" + column.name() + "' of table " + table.name() + " is of type "
                    + column.typeName() + ", which cannot be read as " + wanted.type() + ": write "
                    + (own == null ? ColumnType.Kind.STRING : own) + " in " + SourceOptions.COLUMNS);
        }
        return new ColumnReader(wanted, column, family);
    }

    /** What has no counterpart comes as the text that the database writes for it, which loses nothing. */
    private ColumnReader found(TableColumn column, DecimalMapping decimals) {
        ColumnType type = dialect.columnType(column);
        ColumnFamily family = dialect.family(column);
        if (family == ColumnFamily.DECIMAL) {
            type = decimals.of(type);
        }
        return new ColumnReader(
                new Column(column.name(), type == null ? TEXT : type, column.nullable()), column, family);
    }

    /** The column with this name, which the configuration {@code key} asks for. */
    TableColumn require(String name, String key) {
        Optional<TableColumn> column = table.column(name);
        if (column.isEmpty()) {
            throw new ConnectException("Table " + table.name() + " has no column '" + name + "', which " + key
                    + " names; " + table.columnsLike(name));
        }
        return column.get();
    }
}
