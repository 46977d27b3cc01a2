package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.data.Schema;

/**
 * How records of one shape are written to one table.
 *
 * @param table the table
 * @param sql the statement, with a parameter per target
 * @param targets what goes into the parameters
 * @param deletes whether the statement takes a row away
 */
record TablePlan(TableName table, String sql, List<Target> targets, boolean deletes) {

    TablePlan {
        targets = List.copyOf(targets);
    }

    /**
     * A parameter.
     *
     * @param field the record's field
     * @param column the table's column
     */
    record Target(RecordField field, TableColumn column) {}

    /** Sets the parameters to a row's values. */
    void bind(PreparedStatement statement, List<?> values, SinkDialect dialect) throws SQLException {
        for (int i = 0; i < targets.size(); i++) {
            Schema schema = targets.get(i).field().schema();
            dialect.bind(statement, i + 1, schema, targets.get(i).column(), values.get(i));
        }
    }
}
