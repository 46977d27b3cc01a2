package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How records of one shape are written to one table.
 *
 * @param write what they do to it
 * @param load how they get there
 * @param keys the fields that tell rows apart; empty when rows are only added
 * @param children how their arrays are written
 */
record TablePlan(TableWrite write, RowLoad load, List<RecordField> keys, List<ChildPlan> children) {

    static TablePlan of(TableWrite write, RowLoad load, List<ChildPlan> children) {
        List<RecordField> keys =
                write.keys().stream().map(TableWrite.Target::field).toList();
        return new TablePlan(write, load, keys, children);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    TableName table() {
        return write.table();
    }

    RowAction action() {
        return write.action();
    }
}
