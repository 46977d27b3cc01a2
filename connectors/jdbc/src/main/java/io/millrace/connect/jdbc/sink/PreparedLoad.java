package io.millrace.connect.jdbc.sink;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes rows by one statement of a row each, in batches of the driver's.
 *
 * @param sql the statement, with a parameter per target
 * @param targets what goes into the parameters
 * @param dialect how values are bound
 */
record PreparedLoad(String sql, List<TableWrite.Target> targets, SinkDialect dialect) implements RowLoad {

    static RowLoad of(TableWrite write, SinkDialect dialect) {
        SinkStatements statements = new SinkStatements(dialect);
        List<String> keys = TableWrite.names(write.keys());
        return switch (write.action()) {
            case INSERT ->
                new PreparedLoad(statements.insert(write.table(), write.columns()), write.targets(), dialect);
            case UPSERT ->
                new PreparedLoad(statements.upsert(write.table(), write.columns(), keys), write.targets(), dialect);
            case DELETE -> new PreparedLoad(statements.delete(write.table(), keys), write.keys(), dialect);
            case UPDATE -> update(write, statements, dialect);
        };
    }

    private static RowLoad update(TableWrite write, SinkStatements statements, SinkDialect dialect) {
        if (write.others().isEmpty()) {
            return (transaction, rows) -> {};
        }
        List<TableWrite.Target> targets = new ArrayList<>(write.others());
        targets.addAll(write.keys());
        String sql = statements.update(write.table(), TableWrite.names(write.others()), TableWrite.names(write.keys()));
        return new PreparedLoad(sql, targets, dialect);
    }

    @Override
    public void load(Transaction transaction, List<RowWrite> rows) throws SQLException {
        try (PreparedStatement statement = transaction.connection().prepareStatement(sql)) {
            for (RowWrite row : rows) {
                for (int i = 0; i < targets.size(); i++) {
                    TableWrite.Target target = targets.get(i);
                    dialect.bind(statement, i + 1, target.field().schema(), target.column(), row.value(target.field()));
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
