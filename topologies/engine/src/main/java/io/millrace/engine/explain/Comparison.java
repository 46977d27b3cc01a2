package io.millrace.engine.explain;

import io.millrace.engine.plan.LayoutChanges;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.plan.PlannedState;
import io.millrace.engine.plan.StateLayout;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;

/**
 * What becomes of the state of one plan's application when another plan runs in its place.
 *
 * @param pipeline the pipeline's name
 * @param items everything that outlives the application, of both plans
 * @param isSameApplication whether both run under one identity; if not, the new one begins anew and the old one's state stays where it is
 */
public record Comparison(String pipeline, List<Item> items, boolean isSameApplication) {

    public Comparison {
        items = List.copyOf(items);
    }

    /** What becomes of one piece of state. */
    public enum Fate {
        /** It is read on as it is. */
        KEPT,
        /** There is one of this name, and it cannot be read: it has to be made anew. */
        REBUILT,
        /** It begins empty. */
        NEW,
        /** Nothing reads it any more. */
        DROPPED
    }

    /**
     * What becomes of one piece of state.
     *
     * @param layout as the new plan has it, or the old one where it is dropped
     * @param notes what is different, and what follows from that
     */
    public record Item(StateLayout layout, Fate fate, List<String> notes) {
        public Item {
            notes = List.copyOf(notes);
        }
    }

    /** Whether the new application can start with the state and the offsets of the old. */
    public boolean canGoOn() {
        return items.stream().noneMatch(item -> item.fate() == Fate.REBUILT);
    }

    /** Compares two plans of one pipeline. */
    public static Comparison of(PipelinePlan before, PipelinePlan after) {
        boolean isSame = before.applicationId().equals(after.applicationId());
        Map<String, StateLayout> old = isSame ? byName(before) : Map.of();
        Map<String, StateLayout> now = byName(after);
        Map<String, Integer> oldTasks = isSame ? tasks(before) : Map.of();
        Map<String, Integer> nowTasks = tasks(after);
        List<Item> items = new ArrayList<>();
        now.forEach((id, layout) -> {
            StateLayout last = old.get(id);
            if (last == null) {
                items.add(new Item(layout, Fate.NEW, isSame ? newNotes(layout) : List.of()));
                return;
            }
            List<String> changes = LayoutChanges.between(last.parts(), layout.parts());
            List<String> notes = new ArrayList<>(changes);
            // Offsets are numbers whatever is read from there.
            boolean isRead = changes.isEmpty() || layout.kind() == StateLayout.Kind.OFFSETS;
            if (isRead && !changes.isEmpty()) {
                notes.add("what was written before and is not read yet goes to quarantine if it cannot be read so");
            }
            if (changes.isEmpty() && !last.definition().equals(layout.definition())) {
                notes.add("what is in it was made by the query as it was");
            }
            Integer from = oldTasks.get(layout.name());
            Integer to = nowTasks.get(layout.name());
            if (from != null && to != null && !from.equals(to)) {
                notes.add("its tasks are numbered " + to + "_* and no longer " + from
                        + "_*: its files are restored from the changelog at the start");
            }
            items.add(new Item(layout, isRead ? Fate.KEPT : Fate.REBUILT, notes));
        });
        old.forEach((id, layout) -> {
            if (!now.containsKey(id)) {
                items.add(new Item(layout, Fate.DROPPED, List.of()));
            }
        });
        return new Comparison(after.pipeline().name(), items, isSame);
    }

    private static List<String> newNotes(StateLayout layout) {
        return switch (layout.kind()) {
            case STORE -> {
                if (layout.topic().isEmpty()) {
                    yield List.of("read from its topic before the application starts");
                }
                yield layout.parts().isEmpty()
                        ? List.of()
                        : List.of("begins empty, with the rows that come from now on");
            }
            case OFFSETS -> List.of("read from its beginning");
            case REPARTITION -> List.of();
        };
    }

    private static Map<String, StateLayout> byName(PipelinePlan plan) {
        Map<String, StateLayout> layouts = new LinkedHashMap<>();
        PlannedState.of(plan).forEach(layout -> layouts.put(layout.kind() + " " + layout.name(), layout));
        return layouts;
    }

    /** The sub-topology of each store, which Streams names its tasks and their directories by. */
    private static Map<String, Integer> tasks(PipelinePlan plan) {
        Map<String, Integer> tasks = new HashMap<>();
        TopologyDescription topology =
                PlanTopology.build(plan, new InMemorySchemaRegistry()).describe();
        topology.subtopologies()
                .forEach(part -> part.nodes().forEach(node -> {
                    if (node instanceof TopologyDescription.Processor processor) {
                        processor.stores().forEach(store -> tasks.put(store, part.id()));
                    }
                }));
        return tasks;
    }
}
