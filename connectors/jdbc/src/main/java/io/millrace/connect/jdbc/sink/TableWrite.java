package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.util.List;

/**
 * What rows of one shape do to one table.
 *
 * @param table the table
 * @param action what each of them does
 * @param targets the columns that it has values for
 */
record TableWrite(TableName table, RowAction action, List<Target> targets) {

    TableWrite {
        targets = List.copyOf(targets);
    }

    /**
     * A column that is written.
     *
     * @param field the record's field
     * @param column the table's column
     */
    record Target(RecordField field, TableColumn column) {

        String name() {
            return column.name();
        }
    }

    List<String> columns() {
        return targets.stream().map(Target::name).toList();
    }

    List<Target> keys() {
        return targets.stream().filter(target -> target.field().isPrimaryKey()).toList();
    }

    List<Target> others() {
        return targets.stream().filter(target -> !target.field().isPrimaryKey()).toList();
    }

    static List<String> names(List<Target> targets) {
        return targets.stream().map(Target::name).toList();
    }
}
