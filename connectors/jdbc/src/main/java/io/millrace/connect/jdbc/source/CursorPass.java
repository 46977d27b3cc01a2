package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads with one query and a cursor, in one transaction: a snapshot. It is for rows that no key tells apart. Without an order their
 * offsets tell no place. In the order of one column a row's offset tells the greatest value whose rows have all been read, so that
 * whoever goes on from there may read rows of one value twice, and misses none.
 */
final class CursorPass implements Pass {

    private final Dialect dialect;
    private final TableName table;
    private final RowReader reader;
    private final String condition;
    private final RowOrder order;
    private final int pageSize;
    private @Nullable List<String> readUpTo;
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private boolean hasRow;
    private long rowNumber;

    /**
     * A pass from behind a place, or from the beginning.
     *
     * @param condition what its rows meet, in SQL; empty for all
     * @param order of one column, or of none
     */
    CursorPass(
            Dialect dialect,
            TableName table,
            RowReader reader,
            String condition,
            RowOrder order,
            int pageSize,
            @Nullable List<String> place) {
        this.dialect = dialect;
        this.table = table;
        this.reader = reader;
        this.condition = condition;
        this.order = order;
        this.pageSize = pageSize;
        this.readUpTo = place;
    }

    @Override
    public List<ReadRow> next(Connection connection) throws SQLException {
        ResultSet open = rows;
        if (open == null) {
            connection.setAutoCommit(false);
            open = open(connection);
            hasRow = open.next();
        }
        List<ReadRow> page = new ArrayList<>();
        while (hasRow && page.size() < pageSize) {
            page.add(row(open));
        }
        if (page.isEmpty()) {
            open.close();
            if (statement != null) {
                statement.close();
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return page;
    }

    private ResultSet open(Connection connection) throws SQLException {
        SourceStatements statements = new SourceStatements(dialect);
        List<String> expressions = Stream.concat(
                        reader.expressions(dialect).stream(), order.expressions(dialect).stream())
                .toList();
        List<String> place = readUpTo;
        String sql = order.columns().isEmpty()
                ? statements.select(table, expressions, condition)
                : statements.tail(table, expressions, condition, order.columns().get(0), place == null);
        PreparedStatement prepared = connection.prepareStatement(sql);
        statement = prepared;
        prepared.setFetchSize(pageSize);
        if (place != null && !order.columns().isEmpty()) {
            prepared.setString(1, place.get(0));
        }
        rows = prepared.executeQuery();
        return rows;
    }

    /** The current row; afterwards the current one is the next, so that the row's offset can tell whether its value goes on. */
    private ReadRow row(ResultSet open) throws SQLException {
        rowNumber++;
        if (order.columns().isEmpty()) {
            ReadRow row = reader.read(open, order.fixed(), "row=" + rowNumber);
            hasRow = open.next();
            return row;
        }
        List<String> place = order.placeOf(open, reader.columns().size());
        ReadRow row = reader.read(open, Map.of(), order.key(place));
        hasRow = open.next();
        if (!hasRow || !order.placeOf(open, reader.columns().size()).equals(place)) {
            readUpTo = place;
        }
        Map<String, Object> offset = readUpTo == null ? order.fixed() : order.offset(readUpTo, dialect);
        return row instanceof ReadRow.Bad bad
                ? new ReadRow.Bad(bad.error(), bad.text(), bad.key(), offset)
                : new ReadRow.Good(((ReadRow.Good) row).value(), offset);
    }
}
