package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * Says how a table differs from what its records want, by the policy for each kind of difference.
 *
 * @param evolution the policies
 * @param dialect the clauses
 * @param topic the records' topic
 * @param isAddedTo whether records add rows; those that are there already have what records lack
 */
record TableFit(Evolution evolution, SinkDialect dialect, String topic, boolean isAddedTo) {

    /**
     * The statements that make the table fit; empty when it does, or as far as it needs to.
     *
     * @throws ConnectException when a difference is not to be mended here
     */
    List<String> statements(Table table, List<RecordField> fields) {
        List<String> clauses = new ArrayList<>();
        for (RecordField field : fields) {
            Optional<TableColumn> column = table.column(field.name());
            if (column.isEmpty()) {
                added(table, field, clauses);
            } else {
                widened(table, field, column.get(), clauses);
                if (evolution.nulls() == ChangePolicy.EVOLVE && field.isOptional() && !field.isPrimaryKey()) {
                    required(table, column.get(), clauses);
                }
            }
        }
        for (TableColumn column : isAddedTo ? lacking(table, fields) : List.<TableColumn>of()) {
            if (evolution.nulls() == ChangePolicy.EVOLVE) {
                required(table, column, clauses);
            } else {
                judge(evolution.nulls(), lackingMessage(table, column));
            }
        }
        return clauses.stream()
                .map(clause -> "ALTER TABLE " + dialect.name(table.name()) + " " + clause)
                .toList();
    }

    private void added(Table table, RecordField field, List<String> clauses) {
        String clause = "ADD " + dialect.quote(field.name()) + " " + dialect.typeFor(field);
        if (evolution.columns() == ChangePolicy.EVOLVE && !field.isPrimaryKey()) {
            clauses.add(clause);
        } else if (evolution.columns() == ChangePolicy.PAUSE || field.isPrimaryKey()) {
            judge(
                    field.isPrimaryKey() ? ChangePolicy.FAIL : ChangePolicy.PAUSE,
                    TableChecks.missingMessage(table, List.of(field), topic, dialect));
        }
    }

    private void widened(Table table, RecordField field, TableColumn column, List<String> clauses) {
        if (evolution.types() == ChangePolicy.IGNORE) {
            return;
        }
        String wider = dialect.widerType(column, field.schema());
        if (wider == null) {
            return;
        }
        String clause = dialect.changeType(column, wider);
        if (evolution.types() == ChangePolicy.EVOLVE && clause != null) {
            clauses.add(clause);
        } else {
            judge(
                    evolution.types(),
                    "Column '" + column.name() + "' of table " + table.name() + " is of type " + column.typeName()
                            + ", too narrow for the field of topic " + topic + ": change it to " + wider);
        }
    }

    private void required(Table table, TableColumn column, List<String> clauses) {
        if (column.nullable()) {
            return;
        }
        String clause = dialect.dropNotNull(column);
        if (clause == null) {
            throw new ConnectException(lackingMessage(table, column) + "; this database cannot drop a NOT NULL");
        }
        clauses.add(clause);
    }

    private static List<TableColumn> lacking(Table table, List<RecordField> fields) {
        Set<String> filled = fields.stream()
                .map(field -> table.column(field.name()).map(TableColumn::name).orElse(""))
                .collect(Collectors.toSet());
        return table.columns().stream()
                .filter(column -> !column.nullable() && !column.filledIn() && !filled.contains(column.name()))
                .toList();
    }

    private String lackingMessage(Table table, TableColumn column) {
        return "Table " + table.name() + " needs a value in '" + column.name() + "', which the records of topic "
                + topic + " do not have: give the columns a default, drop their NOT NULL, or add the fields";
    }

    private static void judge(ChangePolicy policy, String message) {
        if (policy == ChangePolicy.PAUSE) {
            throw new TablePausedException(message + "; its records wait until then");
        }
        if (policy == ChangePolicy.FAIL) {
            throw new ConnectException(message);
        }
    }
}
