package io.millrace.connect.jdbc.sink;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * How an array of records becomes rows of its own table: those that were there for the record's row go, and the items come.
 *
 * @param list the array
 * @param deletion takes away all items of a row
 * @param insertion adds an item
 */
record ChildPlan(RecordList list, TablePlan deletion, TablePlan insertion) {

    void load(Transaction transaction, List<RowWrite> parents) throws SQLException {
        List<RowWrite> deletions = new ArrayList<>(parents.size());
        List<RowWrite> items = new ArrayList<>();
        for (RowWrite parent : parents) {
            deletions.add(new RowWrite(parent.record(), deletion, parent.key(), 0));
            int size = list.size(parent.record());
            for (int i = 0; i < size; i++) {
                items.add(new RowWrite(parent.record(), insertion, null, i));
            }
        }
        deletion.load().load(transaction, deletions);
        if (!items.isEmpty()) {
            insertion.load().load(transaction, items);
        }
    }
}
