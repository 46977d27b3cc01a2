package io.millrace.engine.plan;

import io.millrace.document.EventTime;
import io.millrace.document.OnLate;
import io.millrace.engine.operator.EventTimestamp;
import io.millrace.engine.operator.Exchange;
import io.millrace.engine.operator.Failures;
import io.millrace.engine.operator.Fork;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.Output;
import io.millrace.engine.operator.Quarantine;
import io.millrace.engine.operator.RowRules;
import io.millrace.engine.operator.SectionProcessor;
import io.millrace.engine.physical.Node;
import io.millrace.engine.row.TimeResolution;
import io.millrace.engine.sql.CompiledExpressions;
import io.millrace.engine.sql.SqlDialect;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;

/**
 * The operators of a plan, chained from where rows come in to where they leave: of each source, and of each section, which is what stands
 * behind a repartition. Built from the last step to the first, since an operator is made with the one behind it.
 */
final class OperatorChains {

    private final PipelinePlan plan;
    private final SchemaRegistryClient registry;
    private final Quarantine quarantine;
    /** What takes the rows of a relation, by its lower-case name. */
    private final Map<String, List<Chain>> readers = new LinkedHashMap<>();

    private final List<Section> sections = new ArrayList<>();
    /** The processors that write to each input of a repartition, each as often as it has operators that do. */
    private final Map<Target, List<String>> writers = new LinkedHashMap<>();

    /** An input of a repartition. */
    private record Target(String repartition, int input) {}

    /**
     * An operator with what the processor that holds it needs beside it.
     *
     * @param stores the stores of it and all behind it
     * @param targets what it and all behind it write to, once for each that does
     */
    private record Chain(OperatorFactory first, Set<String> stores, List<Target> targets) {

        static Chain of(OperatorFactory first, List<Chain> behind) {
            Set<String> stores = new LinkedHashSet<>();
            List<Target> targets = new ArrayList<>();
            behind.forEach(chain -> {
                stores.addAll(chain.stores());
                targets.addAll(chain.targets());
            });
            return new Chain(first, stores, targets);
        }

        Chain in(OperatorFactory newFirst) {
            return new Chain(newFirst, stores, targets);
        }

        Set<String> destinations() {
            Set<String> destinations = new LinkedHashSet<>();
            targets.forEach(target -> destinations.add(target.repartition()));
            return destinations;
        }
    }

    /**
     * What stands behind a repartition.
     *
     * @param name the repartition's
     * @param relation the relation that it is part of
     * @param exchanges its inputs
     * @param inputs their operators
     * @param stores the stores of these and all behind them
     * @param destinations the repartitions that they write to
     */
    record Section(
            String name,
            String relation,
            List<Exchange> exchanges,
            SectionProcessor.Inputs inputs,
            Set<String> stores,
            Set<String> destinations) {}

    OperatorChains(PipelinePlan plan, SchemaRegistryClient registry, Quarantine quarantine) {
        this.plan = plan;
        this.registry = registry;
        this.quarantine = quarantine;
    }

    void build() {
        List<Relation> relations = plan.relations();
        for (int i = relations.size() - 1; i >= 0; i--) {
            if (relations.get(i) instanceof Relation.StepRelation step && plan.isWanted(step)) {
                attach(step, step.node(), rows(step));
            }
        }
        for (Relation relation : relations) {
            if (relation instanceof Relation.SourceRelation && plan.isRead(relation)) {
                count(relation.name(), rows(relation));
            }
        }
    }

    /** A chain of a processor: each of its operators that writes to a repartition is there once. */
    private void count(String processor, Chain chain) {
        chain.targets()
                .forEach(target -> writers.computeIfAbsent(target, unused -> new ArrayList<>())
                        .add(processor));
    }

    /** The processors that write to an input of a section, each as often as it has operators that do. */
    List<String> writers(Section section, int input) {
        return writers.getOrDefault(new Target(section.name(), input), List.of());
    }

    /** What a source's rows go through. */
    OperatorFactory of(Relation.SourceRelation source) {
        return rows(source).first();
    }

    Set<String> storesOf(Relation.SourceRelation source) {
        return rows(source).stores();
    }

    /** The repartitions that a source's chain writes to. */
    Set<String> destinationsOf(Relation.SourceRelation source) {
        return rows(source).destinations();
    }

    /** The sections, each behind those that write to it. */
    List<Section> sections() {
        List<Section> ordered = new ArrayList<>(sections);
        java.util.Collections.reverse(ordered);
        return ordered;
    }

    private NodeOperators operators(Failures failures) {
        return new NodeOperators(plan.rexBuilder(), failures);
    }

    private Failures failures(Relation relation) {
        return new Failures(relation.name(), quarantine, plan.pipeline().onError(), onLate(relation));
    }

    /** What the event times that a relation's rows go by want of late rows: dropped only where all of them say so. */
    private OnLate onLate(Relation relation) {
        Set<OnLate> wanted = new LinkedHashSet<>();
        collectLate(relation, wanted);
        return wanted.equals(Set.of(OnLate.DROP)) ? OnLate.DROP : OnLate.QUARANTINE;
    }

    private void collectLate(Relation relation, Set<OnLate> wanted) {
        if (relation instanceof Relation.StepRelation step) {
            for (String name : step.reads()) {
                Relation input = plan.relation(name);
                EventTime eventTime = input.eventTime();
                if (eventTime != null) {
                    wanted.add(eventTime.late());
                } else {
                    collectLate(input, wanted);
                }
            }
        }
    }

    /** What a relation's rows go through when they are there: its rules, its event time, then its topic and who reads it. */
    private Chain rows(Relation relation) {
        List<Chain> behind =
                new ArrayList<>(readers.getOrDefault(relation.name().toLowerCase(Locale.ROOT), List.of()));
        if (relation instanceof Relation.StepRelation && plan.hasSink(relation.name())) {
            Output.Topic topic = new Output.Topic(
                    relation.topic(),
                    relation.name(),
                    relation.rowType(),
                    relation.isKeyed(),
                    relation.keyColumns(),
                    columns(relation.rowType(), relation.keyColumns(), false));
            behind.add(0, new Chain(Output.topic(topic, registry, failures(relation)), Set.of(), List.of()));
        }
        OperatorFactory rows = Fork.of(behind.stream().map(Chain::first).toList());
        EventTime eventTime = relation.eventTime();
        if (eventTime != null) {
            int column = Relation.column(relation.rowType(), eventTime.column()).getIndex();
            TimeResolution unit = TimeResolution.of(
                    relation.rowType().getFieldList().get(column).getType());
            rows = EventTimestamp.of(
                    column, unit, eventTime.delay().toMillis(), relation.rowType(), failures(relation), rows);
        }
        if (!relation.checks().isEmpty() && !isGated(relation)) {
            rows = RowRules.check(rules(relation), conditions(relation), relation.rowType(), failures(relation), rows);
        }
        return Chain.of(rows, behind);
    }

    /** Whether its rules are asked before a row comes into it. */
    private static boolean isGated(Relation relation) {
        return relation instanceof Relation.SourceRelation source && source.isTable();
    }

    /** What a row must pass to come into a table. */
    RowRules.GateFactory gate(Relation.SourceRelation table) {
        return table.checks().isEmpty()
                ? RowRules.GateFactory.OPEN
                : RowRules.gate(rules(table), conditions(table), table.rowType(), failures(table));
    }

    private static List<RowRules.RowRule> rules(Relation relation) {
        return relation.checks().stream()
                .map(check ->
                        new RowRules.RowRule(check.rule().text(), check.rule().onFailure()))
                .toList();
    }

    private CompiledExpressions conditions(Relation relation) {
        return CompiledExpressions.compile(
                plan.rexBuilder(),
                relation.checks().stream().map(Relation.Check::condition).toList(),
                relation.rowType());
    }

    /** Builds the operators of a node in front of {@code next}, down to the relations that are read and the repartitions. */
    private void attach(Relation.StepRelation step, Node node, Chain next) {
        if (node instanceof Node.Scan scan) {
            readers.computeIfAbsent(scan.relation().toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
                    .add(0, next);
        } else if (node instanceof Node.Union union) {
            union.inputs().forEach(input -> attach(step, input, next));
        } else if (node instanceof Node.Stateful stateful) {
            stateful(step, stateful, next);
        } else {
            attach(step, node.inputs().get(0), next.in(operators(failures(step)).stateless(node, next.first())));
        }
    }

    private void stateful(Relation.StepRelation step, Node.Stateful node, Chain next) {
        Failures failures = failures(step);
        Set<String> stores = new LinkedHashSet<>(next.stores());
        stores.addAll(NodeStores.of(node).keySet());
        NodeOperators operators = operators(failures);
        if (node.exchange() == null) {
            attach(step, node.inputs().get(0), new Chain(operators.single(node, next.first()), stores, next.targets()));
            return;
        }
        SectionProcessor.Inputs inputs = operators.inputs(node, next.first());
        List<List<Integer>> keys = java.util.Objects.requireNonNull(node.exchange());
        List<Exchange> exchanges = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            RelDataType rowType = node.inputs().get(i).rowType();
            exchanges.add(new Exchange(node.name(), i, rowType, keys.get(i), columns(rowType, keys.get(i), true)));
        }
        sections.add(new Section(node.name(), step.name(), exchanges, inputs, stores, next.destinations()));
        count(node.name(), next);
        for (int i = 0; i < keys.size(); i++) {
            attach(
                    step,
                    node.inputs().get(i),
                    new Chain(exchanges.get(i).writer(failures), Set.of(), List.of(new Target(node.name(), i))));
        }
    }

    private static RelDataType columns(RelDataType rowType, List<Integer> columns, boolean isNullable) {
        RelDataTypeFactory.Builder builder = SqlDialect.types().builder();
        for (int column : columns) {
            RelDataType type = rowType.getFieldList().get(column).getType();
            builder.add(
                    rowType.getFieldNames().get(column),
                    isNullable ? SqlDialect.types().createTypeWithNullability(type, true) : type);
        }
        return builder.build();
    }
}
