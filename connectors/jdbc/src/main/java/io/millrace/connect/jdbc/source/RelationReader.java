package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the passes over one relation.
 *
 * @param config what is read of it
 * @param relation what it is
 * @param columns its columns
 * @param rows what rows are made of
 * @param dialect its database
 */
record RelationReader(
        JdbcSourceConfig config, Relation relation, SourceColumns columns, RowReader rows, Dialect dialect) {

    static final String INCREMENTING = "incrementing";
    static final String TIMESTAMP = "timestamp";
    static final String KEY = "key.";
    private static final long GRACE_MS = 1000;
    private static final long BLIND_GRACE_MS = 60_000;
    private static final Logger LOG = LoggerFactory.getLogger(RelationReader.class);

    static RelationReader of(JdbcSourceConfig config, Relation relation, Dialect dialect) {
        SourceColumns columns = new SourceColumns(relation.table(), dialect);
        return new RelationReader(
                config, relation, columns, columns.reader(config.options(), config.decimals()), dialect);
    }

    /** By the key columns when they tell rows apart, else by a key of the table, else by nothing. */
    RowOrder bulkOrder(Map<String, Object> fixed) {
        return keyOrder(KEY, fixed);
    }

    /** A key of the table, each column called {@code prefix} and its name in offsets. */
    RowOrder keyOrder(String prefix, Map<String, Object> fixed) {
        List<TableColumn> wanted = config.options().keyColumns().stream()
                .map(name -> columns.require(name, "key.columns"))
                .toList();
        List<TableColumn> order = !wanted.isEmpty() && relation.table().isUnique(wanted)
                ? wanted
                : relation.table().rowKey();
        return RowOrder.of(
                order, order.stream().map(column -> prefix + column.name()).toList(), fixed, dialect);
    }

    /** By the mode's columns, and within one value of them by a key of the table. */
    RowOrder tailOrder(Map<String, Object> fixed) {
        List<TableColumn> order = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        if (config.mode().needsTimestampColumn()) {
            order.add(columns.require(config.timestampColumn(), SourceDefinition.TIMESTAMP_COLUMN));
            keys.add(TIMESTAMP);
        }
        if (config.mode().needsIncrementingColumn()) {
            order.add(columns.require(config.incrementingColumn(), SourceDefinition.INCREMENTING_COLUMN));
            keys.add(INCREMENTING);
        }
        if (!isUnique(order)) {
            for (TableColumn column : relation.table().rowKey()) {
                if (!order.contains(column)) {
                    order.add(column);
                    keys.add(KEY + column.name());
                }
            }
        }
        return RowOrder.of(order, keys, fixed, dialect);
    }

    /** Rows without a value in the mode's columns are not read, so that these are as good as never null. */
    boolean isUnique(List<TableColumn> order) {
        List<TableColumn> present = order.stream()
                .map(column -> isOfMode(column) ? column.present() : column)
                .toList();
        return relation.table().isUnique(present);
    }

    private boolean isOfMode(TableColumn column) {
        return column.name().equalsIgnoreCase(config.incrementingColumn())
                || column.name().equalsIgnoreCase(config.timestampColumn());
    }

    /** Whether whole numbers tell rows and their order. */
    boolean isNumbered(RowOrder order) {
        return order.columns().size() == 1
                && order.families().get(0) == ColumnFamily.WHOLE
                && isUnique(order.columns());
    }

    SourceStatements statements(RowOrder order, String more) {
        String condition = Stream.of(new ConditionSql(columns, dialect).of(config.where()), more)
                .filter(part -> !part.isEmpty())
                .reduce((first, second) -> first + " AND " + second)
                .orElse("");
        return new SourceStatements(
                dialect,
                relation,
                Stream.concat(
                                rows.expressions(relation, dialect).stream(),
                                order.expressions(relation, dialect).stream())
                        .toList(),
                condition,
                order.columns());
    }

    RowFetch fetch(RowOrder order) {
        ResultSetFetch plain = plainFetch(order);
        return dialect.hasBinaryCopy() ? new CopyFetch(dialect, rows, order, plain, config.cellMaxBytes()) : plain;
    }

    private ResultSetFetch plainFetch(RowOrder order) {
        return new ResultSetFetch(rows, order, dialect.isStrictlyTyped(), config.cellMaxBytes());
    }

    /** A pass over all rows, or over what is behind a stored offset. */
    Pass bulk(Map<String, Object> fixed, RowRange range, RowOrder order, String more) {
        SourceStatements statements = statements(order, more);
        if (order.isNone()) {
            return new CursorPass(statements.all(), plainFetch(order), fixed, config.batchSize());
        }
        return new RangePass(statements, fetch(order), order, range, config.batchSize());
    }

    Settlement settlement() {
        boolean isOfTable = relation.isTable() && config.mode() == ReadMode.INCREMENTING;
        long overlap = config.overlapMs();
        return new Settlement(
                dialect,
                isOfTable ? relation.table().name() : null,
                overlap < 0 ? GRACE_MS : overlap,
                overlap < 0 ? BLIND_GRACE_MS : overlap);
    }

    /** What the rows' order does not allow. */
    void tellLimits(RowOrder order) {
        if (order.isNone()) {
            LOG.info(
                    "{} has no unique key without nulls: a pass that is broken off begins again",
                    relation.table().name());
        }
        if (config.mode().isTail() && order.columns().get(0).nullable()) {
            LOG.warn(
                    "Rows of {} without a value in {} are not read",
                    relation.table().name(),
                    order.columns().get(0).name());
        }
    }
}
