package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a table pass after pass, each from where the offsets say that the one before was left. */
final class TableReader {

    static final String PASS = "pass";
    static final String INCREMENTING = "incrementing";
    static final String INCREMENTING_COLUMN = "incrementing.column";
    private static final String KEY = "key.";
    private static final Logger LOG = LoggerFactory.getLogger(TableReader.class);

    private final JdbcSourceConfig config;
    private final Database database;
    private @Nullable Map<String, Object> offset;
    private @Nullable Table table;
    private @Nullable RowReader reader;
    private @Nullable Pass pass;

    /** A reader that goes on behind {@code offset}, or begins when it is null. */
    TableReader(JdbcSourceConfig config, Database database, @Nullable Map<String, Object> offset) {
        this.config = config;
        this.database = database;
        this.offset = offset;
    }

    /** The next rows; none when the pass has reached the end. The call after that begins the next pass. */
    List<ReadRow> next() throws SQLException {
        Connection connection = database.connection();
        Pass current = pass;
        if (current == null) {
            current = begin(connection);
            pass = current;
        }
        List<ReadRow> rows = current.next(connection);
        if (!rows.isEmpty()) {
            offset = rows.get(rows.size() - 1).offset();
            return rows;
        }
        pass = null;
        if (!config.isIncrementing()) {
            offset = Map.of(PASS, passNumber() + 1);
        }
        return rows;
    }

    /** Forgets what hung on a connection that is gone; the offset stays. */
    void disconnected() {
        pass = null;
        table = null;
        reader = null;
    }

    /** The shape of the rows that {@link #next} has given. */
    RowReader rowReader() {
        RowReader known = reader;
        if (known == null) {
            throw new IllegalStateException("nothing has been read");
        }
        return known;
    }

    private long passNumber() {
        Object number = offset == null ? null : offset.get(PASS);
        return number instanceof Number pass ? pass.longValue() : 1;
    }

    private Pass begin(Connection connection) throws SQLException {
        Dialect dialect = database.dialect();
        Table found = table;
        boolean isFirst = found == null;
        if (found == null) {
            TableCatalog catalog = new TableCatalog(connection, dialect);
            found = catalog.find(config.table()).orElse(null);
            if (found == null) {
                throw new ConnectException("There is no table '" + config.table() + "' in "
                        + config.connection().place() + " that the user '"
                        + config.connection().user() + "' can see; " + catalog.tablesLike(config.table()));
            }
            table = found;
        }
        SourceColumns columns = new SourceColumns(found, dialect);
        RowReader rows = columns.reader(config.options());
        reader = rows;
        RowOrder order = config.isIncrementing() ? incrementingOrder(found, columns) : bulkOrder(found, columns);
        String condition = new ConditionSql(columns, dialect).of(config.where());
        if (isFirst) {
            tellLimits(found, order);
        }
        List<String> place = place(order);
        boolean isPaged = !order.columns().isEmpty() && found.isUnique(withoutFirstIfNullable(order));
        return isPaged
                ? new PagedPass(dialect, found.name(), rows, condition, order, config.batchSize(), place)
                : new CursorPass(dialect, found.name(), rows, condition, order, config.batchSize(), place);
    }

    /** What the rows' order does not allow, once per connection. */
    private void tellLimits(Table found, RowOrder order) {
        if (order.columns().isEmpty()) {
            LOG.info("Table {} has no unique key without nulls: a pass that is broken off begins again", found.name());
        } else if (config.isIncrementing() && order.columns().get(0).nullable()) {
            LOG.warn("Rows of {} without a value in {} are not read", found.name(), config.incrementingColumn());
        }
    }

    /** Rows without a value in the incrementing column are not read, so that it is as good as never null. */
    private List<TableColumn> withoutFirstIfNullable(RowOrder order) {
        return order.columns().stream()
                .map(column ->
                        config.isIncrementing() && column.equals(order.columns().get(0))
                                ? new TableColumn(
                                        column.name(),
                                        column.typeName(),
                                        column.jdbcType(),
                                        column.size(),
                                        column.scale(),
                                        false,
                                        column.filledIn())
                                : column)
                .toList();
    }

    private @Nullable List<String> place(RowOrder order) {
        Map<String, Object> stored = offset;
        if (stored != null
                && config.isIncrementing()
                && !String.valueOf(stored.get(INCREMENTING_COLUMN))
                        .equals(order.fixed().get(INCREMENTING_COLUMN))) {
            LOG.warn("The stored offset {} is not one of {}: reading from the beginning", stored, order);
            return null;
        }
        return order.columns().isEmpty() ? null : order.place(stored);
    }

    /** By the key columns when they tell rows apart, else by a key of the table, else by nothing. */
    private RowOrder bulkOrder(Table found, SourceColumns columns) {
        List<TableColumn> wanted = config.options().keyColumns().stream()
                .map(name -> columns.require(name, "key.columns"))
                .toList();
        List<TableColumn> order = !wanted.isEmpty() && found.isUnique(wanted) ? wanted : found.rowKey();
        if (order.isEmpty()) {
            LOG.info("Table {} has no unique key without nulls: a pass that is broken off begins again", found.name());
        }
        return new RowOrder(
                order, order.stream().map(column -> KEY + column.name()).toList(), Map.of(PASS, passNumber()));
    }

    /** By the column that grows; when it does not tell rows apart, by a key of the table within one value. */
    private RowOrder incrementingOrder(Table found, SourceColumns columns) {
        TableColumn growing = columns.require(config.incrementingColumn(), JdbcSourceConfig.INCREMENTING_COLUMN);
        boolean isUnique = found.uniqueKeys().contains(List.of(growing.name()));
        List<TableColumn> within = isUnique
                ? List.of()
                : found.rowKey().stream()
                        .filter(column -> !column.equals(growing))
                        .toList();
        List<TableColumn> order =
                Stream.concat(Stream.of(growing), within.stream()).toList();
        List<String> keys = new ArrayList<>();
        keys.add(INCREMENTING);
        within.forEach(column -> keys.add(KEY + column.name()));
        return new RowOrder(order, keys, Map.of(INCREMENTING_COLUMN, growing.name()));
    }
}
