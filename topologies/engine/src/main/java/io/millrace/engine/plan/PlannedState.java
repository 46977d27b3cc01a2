package io.millrace.engine.plan;

import io.millrace.engine.physical.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.jspecify.annotations.Nullable;

/** Everything of a plan that outlives the application that runs it, in the order of a row's way. */
public final class PlannedState {

    static final String REPARTITION_SUFFIX = "-repartition";

    private final PipelinePlan plan;
    private final List<StateLayout> layouts = new ArrayList<>();
    private final Map<String, String> definitions = new LinkedHashMap<>();

    private PlannedState(PipelinePlan plan) {
        this.plan = plan;
    }

    /** The stores, repartition topics and offsets of a plan. */
    public static List<StateLayout> of(PipelinePlan plan) {
        PlannedState state = new PlannedState(plan);
        for (Relation relation : plan.relations()) {
            state.define(relation);
            if (relation instanceof Relation.SourceRelation source) {
                state.source(source);
            } else if (relation instanceof Relation.StepRelation step && plan.isWanted(step)) {
                List<Node.Stateful> fromFirst = new ArrayList<>();
                step.node().visit(node -> {
                    if (node instanceof Node.Stateful stateful) {
                        fromFirst.add(0, stateful);
                    }
                });
                fromFirst.forEach(node -> state.node(step, node));
            }
        }
        return List.copyOf(state.layouts);
    }

    private void source(Relation.SourceRelation source) {
        boolean isRead = plan.isRead(source);
        if (isRead) {
            layouts.add(new StateLayout(
                    source.topic(),
                    StateLayout.Kind.OFFSETS,
                    source.name(),
                    source.topic(),
                    List.of(new StateLayout.Part(
                            "format", "", source.format().name().toLowerCase(Locale.ROOT))),
                    ""));
        }
        if (source.isTable() && isRead) {
            String store = PlannedTable.followed(source).storeName();
            layouts.add(new StateLayout(
                    store, StateLayout.Kind.STORE, source.name(), changelog(store), PlannedTable.parts(source), ""));
        }
        if (source.isTable() && plan.isLookedUp(source)) {
            layouts.add(new StateLayout(
                    PlannedTable.lookedUp(source).storeName(),
                    StateLayout.Kind.STORE,
                    source.name(),
                    "",
                    PlannedTable.parts(source),
                    ""));
        }
    }

    private void node(Relation.StepRelation step, Node.Stateful node) {
        if (node.exchange() != null) {
            layouts.add(new StateLayout(
                    node.name() + REPARTITION_SUFFIX,
                    StateLayout.Kind.REPARTITION,
                    step.name(),
                    plan.repartitionTopic(node.name()),
                    NodeStores.exchange(node),
                    ""));
            String progress = progressStore(node.name());
            layouts.add(
                    new StateLayout(progress, StateLayout.Kind.STORE, step.name(), changelog(progress), List.of(), ""));
        }
        // What stands behind a store, such as HAVING, has no part in what is in it.
        String definition = definitionOfInputs(step) + node.inputs();
        NodeStores.of(node)
                .forEach((name, parts) -> layouts.add(new StateLayout(
                        name, StateLayout.Kind.STORE, step.name(), changelog(name), parts, definition)));
    }

    /** The store of how far event time has come in what sends to a repartition. */
    static String progressStore(String repartition) {
        return repartition + "-progress";
    }

    private String changelog(String store) {
        return plan.applicationId() + "-" + store + "-changelog";
    }

    /** What makes a relation's rows: its query and rules, and those of what it reads. */
    private void define(Relation relation) {
        StringBuilder text = new StringBuilder();
        if (relation instanceof Relation.StepRelation step) {
            text.append(definitionOfInputs(step)).append(RelOptUtil.toString(step.optimised()));
        }
        relation.checks()
                .forEach(check ->
                        text.append(check.rule().text()).append(check.rule().onFailure()));
        text.append(eventTime(relation));
        definitions.put(relation.name().toLowerCase(Locale.ROOT), text.toString());
    }

    private String definitionOfInputs(Relation.StepRelation step) {
        Set<String> inputs = new LinkedHashSet<>(step.reads());
        inputs.addAll(step.looksUp());
        return inputs.stream().map(input -> definitions.getOrDefault(input, "")).collect(Collectors.joining());
    }

    private static @Nullable String eventTime(Relation relation) {
        return relation.eventTime() == null
                ? ""
                : relation.eventTime().column() + relation.eventTime().delay();
    }
}
