package io.millrace.connect.jdbc.source;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows that nothing orders with one query and a cursor, in one transaction: a snapshot. Their offsets tell no place.
 */
final class CursorPass implements Pass {

    private final Query query;
    private final ResultSetFetch fetch;
    private final Map<String, Object> offset;
    private final int pageSize;
    private @Nullable PreparedStatement statement;
    private @Nullable ResultSet rows;
    private boolean isOver;
    private long rowNumber;

    /** A pass whose rows all have this offset. */
    CursorPass(Query query, ResultSetFetch fetch, Map<String, Object> offset, int pageSize) {
        this.query = query;
        this.fetch = fetch;
        this.offset = offset;
        this.pageSize = pageSize;
    }

    @Override
    public List<ReadRow> next(Connection connection) throws SQLException {
        ResultSet open = rows;
        if (open == null) {
            connection.setAutoCommit(false);
            PreparedStatement prepared = query.prepare(connection);
            statement = prepared;
            prepared.setFetchSize(pageSize);
            open = prepared.executeQuery();
            rows = open;
        }
        List<ReadRow> page = new ArrayList<>();
        while (page.size() < pageSize && open.next()) {
            rowNumber++;
            page.add(ReadRow.of(fetch.row(open), offset, "row=" + rowNumber));
        }
        if (page.size() < pageSize) {
            isOver = true;
            open.close();
            if (statement != null) {
                statement.close();
            }
            connection.rollback();
            connection.setAutoCommit(true);
        }
        return page;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }
}
