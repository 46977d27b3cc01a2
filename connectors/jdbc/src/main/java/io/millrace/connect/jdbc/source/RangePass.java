package io.millrace.connect.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a range in an order in which no two rows are at the same place, a query per page. No transaction stays open in between, and
 * from any row's offset a new pass goes on with the row behind it.
 */
final class RangePass implements Pass {

    private final SourceStatements statements;
    private final RowFetch fetch;
    private final RowOrder order;
    private final int pageSize;
    private RowRange range;
    private boolean isOver;

    RangePass(SourceStatements statements, RowFetch fetch, RowOrder order, RowRange range, int pageSize) {
        this.statements = statements;
        this.fetch = fetch;
        this.order = order;
        this.range = range;
        this.pageSize = pageSize;
    }

    @Override
    public List<ReadRow> next(Connection connection) throws SQLException {
        if (isOver) {
            return List.of();
        }
        List<FetchedRow> fetched = fetch.rows(connection, statements.query(range, pageSize));
        List<ReadRow> page = new ArrayList<>(fetched.size());
        for (FetchedRow row : fetched) {
            Map<String, Object> offset = order.offset(row.place());
            page.add(ReadRow.of(row, offset, order));
        }
        if (!fetched.isEmpty()) {
            List<Object> last = fetched.get(fetched.size() - 1).place();
            range = range.from(RowRange.Bound.excluding(RowOrder.texts(last)));
        }
        isOver = fetched.size() < pageSize;
        return page;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }
}
