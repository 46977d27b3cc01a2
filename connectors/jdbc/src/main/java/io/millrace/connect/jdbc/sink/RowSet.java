package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of one table that can be written in any order, deletions first: of the rows with one key only the last is kept, and a deletion
 * before it, without which columns that the row lacks would stay.
 */
final class RowSet {

    private static final Comparator<RowWrite> BY_KEY =
            Comparator.comparing(RowWrite::key, Comparator.nullsFirst(Comparator.naturalOrder()));

    private final List<RowWrite> additions = new ArrayList<>();
    private final Map<RowKey, RowWrite> changes = new HashMap<>();
    private final Map<RowKey, RowWrite> deletions = new HashMap<>();

    /** Takes a row in; false when another of its key fills other columns, which is to be written before. */
    boolean add(RowWrite row) {
        RowKey key = row.key();
        if (key == null || row.plan().action() == RowAction.INSERT) {
            return additions.add(row);
        }
        if (row.plan().action() == RowAction.DELETE) {
            changes.remove(key);
            deletions.put(key, row);
            return true;
        }
        RowWrite before = changes.putIfAbsent(key, row);
        if (before == null) {
            return true;
        }
        if (!before.plan().equals(row.plan())) {
            return false;
        }
        changes.put(key, row);
        return true;
    }

    /** The rows of each plan, in the order in which they are written. */
    List<List<RowWrite>> byPlan() {
        List<List<RowWrite>> all = new ArrayList<>();
        all.addAll(byPlan(sorted(deletions)));
        all.addAll(byPlan(sorted(changes)));
        all.addAll(byPlan(additions));
        return all;
    }

    private static List<RowWrite> sorted(Map<RowKey, RowWrite> rows) {
        List<RowWrite> sorted = new ArrayList<>(rows.values());
        sorted.sort(BY_KEY);
        return sorted;
    }

    private static List<List<RowWrite>> byPlan(List<RowWrite> rows) {
        Map<TablePlan, List<RowWrite>> byPlan = new LinkedHashMap<>();
        TablePlan plan = null;
        List<RowWrite> ofPlan = List.of();
        for (RowWrite row : rows) {
            if (!row.plan().equals(plan)) {
                plan = row.plan();
                ofPlan = byPlan.computeIfAbsent(plan, one -> new ArrayList<>());
            }
            ofPlan.add(row);
        }
        return List.copyOf(byPlan.values());
    }
}
