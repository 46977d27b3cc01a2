package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads in an order in which no two rows are at the same place, a query per page. No transaction stays open in between, and from any
 * row's offset a new pass goes on with the row behind it.
 */
final class PagedPass implements Pass {

    private final Dialect dialect;
    private final TableName table;
    private final RowReader reader;
    private final String condition;
    private final RowOrder order;
    private final int pageSize;
    private @Nullable List<String> place;
    private boolean isOver;

    PagedPass(
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
        this.place = place;
    }

    @Override
    public List<ReadRow> next(Connection connection) throws SQLException {
        List<ReadRow> page = new ArrayList<>();
        if (isOver) {
            return page;
        }
        List<String> expressions = Stream.concat(
                        reader.expressions(dialect).stream(), order.expressions(dialect).stream())
                .toList();
        String sql = new SourceStatements(dialect)
                .page(table, expressions, condition, order.columns(), place == null, pageSize);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; place != null && i < place.size(); i++) {
                statement.setString(i + 1, place.get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    place = order.placeOf(rows, reader.columns().size());
                    page.add(reader.read(rows, order.offset(place, dialect), order.key(place)));
                }
            }
        }
        isOver = page.size() < pageSize;
        return page;
    }
}
