package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts rows in the order in which they are written: table by table, what is deleted before what is added, and by their keys, so that
 * tasks that write the same rows take the same locks in the same order.
 *
 * @param batchSize the most rows of a batch
 */
record BatchOrder(int batchSize) {

    private static final Comparator<TableName> BY_NAME = Comparator.comparing(TableName::toString);

    /** The rows of each table, as they came. */
    Collection<List<RowWrite>> byTable(List<RowWrite> rows) {
        Map<TableName, List<RowWrite>> byTable = new TreeMap<>(BY_NAME);
        TableName table = null;
        List<RowWrite> ofTable = List.of();
        for (RowWrite row : rows) {
            if (!row.plan().table().equals(table)) {
                table = row.plan().table();
                ofTable = byTable.computeIfAbsent(table, name -> new ArrayList<>());
            }
            ofTable.add(row);
        }
        return byTable.values();
    }

    /** Rows of one table in batches of one plan each. */
    List<List<RowWrite>> batches(List<RowWrite> rows) {
        List<List<RowWrite>> batches = new ArrayList<>();
        RowSet set = new RowSet();
        for (RowWrite row : rows) {
            if (!set.add(row)) {
                cut(set, batches);
                set = new RowSet();
                set.add(row);
            }
        }
        cut(set, batches);
        return batches;
    }

    private void cut(RowSet set, List<List<RowWrite>> batches) {
        for (List<RowWrite> ofPlan : set.byPlan()) {
            for (int from = 0; from < ofPlan.size(); from += batchSize) {
                batches.add(ofPlan.subList(from, Math.min(from + batchSize, ofPlan.size())));
            }
        }
    }
}
