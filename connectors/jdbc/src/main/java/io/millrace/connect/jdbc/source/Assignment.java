package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A part of a connector's work that one task does.
 *
 * @param table the table; null when it is the only one, or a query
 * @param plan how the table is divided; null when it is not
 * @param split which part of it this is, counted from 0
 */
record Assignment(@Nullable TableName table, @Nullable SplitPlan plan, int split) {

    static final String TASK = "task.number";
    static final String TASKS = "task.count";
    private static final String COUNT = "task.work";

    /** All that a connector with one table or query has to do. */
    static Assignment whole(@Nullable TableName table) {
        return new Assignment(table, null, 0);
    }

    /** Whether it reads on behind what is divided. */
    boolean isLead() {
        return split == 0;
    }

    /** A task's configuration. */
    static Map<String, String> write(Map<String, String> properties, List<Assignment> work, int task, int tasks) {
        Map<String, String> written = new HashMap<>(properties);
        written.put(TASK, Integer.toString(task));
        written.put(TASKS, Integer.toString(tasks));
        written.put(COUNT, Integer.toString(work.size()));
        for (int i = 0; i < work.size(); i++) {
            Assignment assignment = work.get(i);
            String prefix = COUNT + "." + i + ".";
            if (assignment.table != null) {
                written.put(prefix + "table", assignment.table.toText());
            }
            if (assignment.plan != null) {
                written.put(prefix + "plan", assignment.plan.text());
                written.put(prefix + "split", Integer.toString(assignment.split));
            }
        }
        return written;
    }

    /** Tells the share of one task from other shares; empty when there is one task without a share of its own. */
    static String digest(Map<String, String> properties) {
        List<String> parts = properties.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(COUNT))
                .map(Map.Entry::toString)
                .sorted()
                .toList();
        return parts.isEmpty() ? "" : properties.getOrDefault(TASKS, "") + "-" + Integer.toHexString(parts.hashCode());
    }

    /** What a task's configuration says; all there is to do when it says nothing. */
    static List<Assignment> read(Map<String, String> properties) {
        String count = properties.get(COUNT);
        if (count == null) {
            return List.of(whole(null));
        }
        List<Assignment> work = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(count); i++) {
            String prefix = COUNT + "." + i + ".";
            String table = properties.get(prefix + "table");
            String plan = properties.get(prefix + "plan");
            work.add(new Assignment(
                    table == null ? null : TableName.parse(prefix + "table", table),
                    plan == null ? null : SplitPlan.parse(plan),
                    Integer.parseInt(properties.getOrDefault(prefix + "split", "0"))));
        }
        return work;
    }
}
