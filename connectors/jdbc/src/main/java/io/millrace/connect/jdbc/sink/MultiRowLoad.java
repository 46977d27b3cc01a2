package io.millrace.connect.jdbc.sink;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/**
 * Writes rows by statements of many rows each.
 *
 * @param before the statement up to its rows
 * @param row a row, with a parameter per target
 * @param behind the statement behind its rows
 * @param targets what goes into a row's parameters
 * @param dialect how values are bound
 */
record MultiRowLoad(String before, String row, String behind, List<TableWrite.Target> targets, SinkDialect dialect)
        implements RowLoad {

    /** Far below the 65,535 that a server prepares. */
    private static final int MOST_PARAMETERS = 20_000;

    private static final int MOST_ROWS = 1000;

    static MultiRowLoad of(TableWrite write, SinkDialect dialect) {
        SinkStatements statements = new SinkStatements(dialect);
        List<String> keys = TableWrite.names(write.keys());
        List<TableWrite.Target> targets = write.action() == RowAction.DELETE ? write.keys() : write.targets();
        String row = String.join(", ", Collections.nCopies(targets.size(), "?"));
        return switch (write.action()) {
            case DELETE ->
                new MultiRowLoad(
                        "DELETE FROM " + dialect.name(write.table()) + " WHERE " + statements.list(keys) + " IN (",
                        "(" + row + ")",
                        ")",
                        targets,
                        dialect);
            case UPSERT ->
                new MultiRowLoad(
                        statements.insertInto(write.table(), write.columns()) + " VALUES ",
                        "(" + row + ")",
                        " " + dialect.replaceOnConflict(keys, TableWrite.names(write.others())),
                        targets,
                        dialect);
            case INSERT, UPDATE ->
                new MultiRowLoad(
                        statements.insertInto(write.table(), write.columns()) + " VALUES ",
                        "(" + row + ")",
                        "",
                        targets,
                        dialect);
        };
    }

    @Override
    public void load(Transaction transaction, List<RowWrite> rows) throws SQLException {
        int most = Math.max(1, Math.min(MOST_ROWS, MOST_PARAMETERS / targets.size()));
        for (int from = 0; from < rows.size(); from += most) {
            write(transaction, rows.subList(from, Math.min(from + most, rows.size())));
        }
    }

    private void write(Transaction transaction, List<RowWrite> rows) throws SQLException {
        String sql = before + String.join(", ", Collections.nCopies(rows.size(), row)) + behind;
        try (PreparedStatement statement = transaction.connection().prepareStatement(sql)) {
            int index = 1;
            for (RowWrite one : rows) {
                for (TableWrite.Target target : targets) {
                    dialect.bind(
                            statement, index++, target.field().schema(), target.column(), one.value(target.field()));
                }
            }
            statement.executeUpdate();
        }
    }
}
