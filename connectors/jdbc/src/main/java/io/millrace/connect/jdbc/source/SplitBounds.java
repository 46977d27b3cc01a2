package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds keys that divide a table into parts of about as many rows, wherever these are dense: from a sample of the rows where the database
 * can take one, else by counting along the key.
 *
 * @param reader the table
 * @param order the key
 * @param dialect the database
 */
record SplitBounds(RelationReader reader, RowOrder order, Dialect dialect) {

    private static final int SAMPLE_PER_SPLIT = 1000;

    /** At most {@code parts - 1} keys, each greater than the one before. */
    List<List<String>> find(Connection connection, long rows, int parts) throws SQLException {
        String sample = dialect.sample(Math.min(100, 100.0 * SAMPLE_PER_SPLIT * parts / rows));
        return sample == null ? counted(connection, rows, parts) : sampled(connection, sample, parts);
    }

    private List<List<String>> sampled(Connection connection, String sample, int parts) throws SQLException {
        List<List<String>> keys = new ArrayList<>();
        String sql = "SELECT " + String.join(", ", order.expressions(reader.relation(), dialect)) + " FROM "
                + dialect.name(reader.relation().table().name()) + " r " + sample + ordered();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet found = statement.executeQuery()) {
            while (found.next()) {
                keys.add(key(found));
            }
        }
        List<List<String>> bounds = new ArrayList<>();
        for (int i = 1; i < parts; i++) {
            int at = (int) ((long) keys.size() * i / parts);
            if (at < keys.size()
                    && (bounds.isEmpty() || !bounds.get(bounds.size() - 1).equals(keys.get(at)))) {
                bounds.add(keys.get(at));
            }
        }
        return bounds;
    }

    /** Along the key's index, once through the table. */
    private List<List<String>> counted(Connection connection, long rows, int parts) throws SQLException {
        List<List<String>> bounds = new ArrayList<>();
        SourceStatements statements = new SourceStatements(
                dialect, reader.relation(), order.expressions(reader.relation(), dialect), "", order.columns());
        List<String> before = null;
        for (int i = 1; i < parts; i++) {
            List<String> bound = at(connection, statements, before, rows / parts);
            if (bound == null) {
                break;
            }
            bounds.add(bound);
            before = bound;
        }
        return bounds;
    }

    private @Nullable List<String> at(
            Connection connection, SourceStatements statements, @Nullable List<String> before, long skipped)
            throws SQLException {
        RowRange range = new RowRange(before == null ? null : RowRange.Bound.excluding(before), null);
        Query query = statements.query(range, 0);
        List<String> pieces = new ArrayList<>(query.pieces());
        int last = pieces.size() - 1;
        pieces.set(last, pieces.get(last) + dialect.rowAfter(skipped));
        try (PreparedStatement statement = new Query(pieces, query.parameters()).prepare(connection);
                ResultSet found = statement.executeQuery()) {
            return found.next() ? key(found) : null;
        }
    }

    private List<String> key(ResultSet found) throws SQLException {
        List<String> key = new ArrayList<>();
        for (int i = 1; i <= order.columns().size(); i++) {
            key.add(found.getString(i));
        }
        return key;
    }

    private String ordered() {
        List<String> columns = order.columns().stream()
                .map(column -> dialect.placeOrder(column, reader.relation().column(column, dialect)))
                .toList();
        return " ORDER BY " + String.join(", ", columns);
    }
}
