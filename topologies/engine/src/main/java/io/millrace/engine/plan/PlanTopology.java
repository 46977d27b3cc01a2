package io.millrace.engine.plan;

import io.millrace.document.EventTime;
import io.millrace.engine.operator.Calculation;
import io.millrace.engine.operator.Emission;
import io.millrace.engine.operator.EventTimestamp;
import io.millrace.engine.operator.Fork;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.Output;
import io.millrace.engine.operator.Quarantine;
import io.millrace.engine.operator.RowProcessor;
import io.millrace.engine.operator.RowRules;
import io.millrace.engine.operator.TableLoader;
import io.millrace.engine.operator.TableLookup;
import io.millrace.engine.operator.Tumbling;
import io.millrace.engine.operator.WindowAggregate;
import io.millrace.engine.operator.WindowAggregateProcessor;
import io.millrace.engine.sql.CompiledExpressions;
import io.millrace.engine.sql.SqlDialect;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Builds the Streams topology of a plan. All stateless work on the rows of a source is one processor; each windowed aggregate adds a
 * repartition and one more. Everything is named after the relations, so that changing one step leaves the names of the others.
 */
public final class PlanTopology {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final PipelinePlan plan;
    private final SchemaRegistryClient registry;
    private final Quarantine quarantine;
    private final StreamsBuilder builder = new StreamsBuilder();
    /** Repartitions that the processor being built writes to, with the step behind each. */
    private final Map<String, Relation.StepRelation> pending = new LinkedHashMap<>();

    private PlanTopology(PipelinePlan plan, SchemaRegistryClient registry) {
        this.plan = plan;
        this.registry = registry;
        this.quarantine = new Quarantine(plan.pipeline().name(), plan.quarantineTopic(), registry);
    }

    /** The topology of {@code plan}; schemas are registered and read through {@code registry} when rows come. */
    public static Topology build(PipelinePlan plan, SchemaRegistryClient registry) {
        return new PlanTopology(plan, registry).build();
    }

    private Topology build() {
        for (Relation relation : plan.relations()) {
            if (relation instanceof Relation.SourceRelation source) {
                if (source.isTable()) {
                    addTable(source);
                } else {
                    addStream(source);
                }
            }
        }
        return builder.build();
    }

    private void addTable(Relation.SourceRelation source) {
        TableLoader.Table table = PlannedTable.of(source);
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(table.storeName()), Serdes.Bytes(), BYTES)
                        .withLoggingDisabled(),
                source.topic(),
                Consumed.with(BYTES, BYTES).withName(source.name() + "-source"),
                TableLoader.supplier(table, registry));
    }

    private void addStream(Relation.SourceRelation source) {
        OperatorFactory consumers = consumers(source);
        if (consumers == null) {
            return;
        }
        RowProcessor.Spec spec = new RowProcessor.Spec(
                source.name(), source.rowType(), source.wanted(), registry, quarantine, guarded(source, consumers));
        KStream<byte[], Emission> emissions = builder.stream(
                        source.topic(), Consumed.with(BYTES, BYTES).withName(source.name() + "-source"))
                .process(RowProcessor.supplier(spec), Named.as(source.name() + "-rows"));
        connect(source.name(), emissions);
    }

    /** Sends what a processor emits where it says; aggregates behind its repartitions follow. */
    private void connect(String name, KStream<byte[], Emission> emissions) {
        Map<String, Relation.StepRelation> repartitions = new LinkedHashMap<>(pending);
        pending.clear();
        emissions
                .filter(
                        (key, emission) -> !repartitions.containsKey(emission.destination()),
                        Named.as(name + "-outputs"))
                .to(
                        (key, emission, context) -> emission.destination(),
                        Produced.<byte[], Emission>as(name + "-sink")
                                .withKeySerde(BYTES)
                                .withValueSerde(EmissionSerde.INSTANCE));
        repartitions.forEach((repartition, step) -> {
            KStream<byte[], byte[]> rows = emissions
                    .filter(
                            (key, emission) -> emission.destination().equals(repartition),
                            Named.as(repartition + "-branch"))
                    .mapValues(Emission::value, Named.as(repartition + "-value"))
                    .repartition(Repartitioned.with(BYTES, BYTES).withName(repartition));
            addAggregate(step, rows);
        });
    }

    private void addAggregate(Relation.StepRelation step, KStream<byte[], byte[]> rows) {
        WindowAggregate aggregate = java.util.Objects.requireNonNull(step.aggregate());
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(aggregate.storeName()), Serdes.Bytes(), BYTES));
        OperatorFactory end = consumers(step);
        OperatorFactory chain =
                stages(step, step.after(), guarded(step, end == null ? context -> (source, time, row) -> {} : end));
        connect(
                step.name(),
                rows.process(
                        WindowAggregateProcessor.supplier(aggregate, quarantine, chain),
                        Named.as(step.name() + "-rows"),
                        aggregate.storeName()));
    }

    /** Where the rows of a relation go: its topic and the steps that read it. Null when nothing wants them. */
    private @Nullable OperatorFactory consumers(Relation relation) {
        List<OperatorFactory> branches = new ArrayList<>();
        if (relation instanceof Relation.StepRelation && plan.hasSink(relation.name())) {
            Output.Topic topic = new Output.Topic(
                    relation.topic(),
                    relation.name(),
                    relation.rowType(),
                    relation.keyColumns(),
                    columns(relation.rowType(), relation.keyColumns()));
            branches.add(Output.topic(topic, registry, quarantine));
        }
        for (Relation reader : plan.relations()) {
            if (reader instanceof Relation.StepRelation step && step.input().equalsIgnoreCase(relation.name())) {
                OperatorFactory chain = step(step);
                if (chain != null) {
                    branches.add(chain);
                }
            }
        }
        return branches.isEmpty() ? null : Fork.of(branches);
    }

    /** What a step does with its input's rows, up to its repartition if it aggregates. */
    private @Nullable OperatorFactory step(Relation.StepRelation step) {
        WindowAggregate aggregate = step.aggregate();
        if (aggregate == null) {
            OperatorFactory end = consumers(step);
            return end == null ? null : stages(step, step.before(), guarded(step, end));
        }
        if (!plan.isWanted(step)) {
            return null;
        }
        pending.put(step.name(), step);
        List<Integer> key = aggregate.groupColumns().stream()
                .filter(column -> column != aggregate.windowColumn())
                .toList();
        return stages(
                step,
                step.before(),
                Output.repartition(step.name(), aggregate.inputType(), key, columns(aggregate.inputType(), key)));
    }

    /** The rules of a relation, then its event time, then what is behind. */
    private OperatorFactory guarded(Relation relation, OperatorFactory next) {
        OperatorFactory guarded = next;
        EventTime eventTime = relation.eventTime();
        if (eventTime != null) {
            int column = Relation.column(relation.rowType(), eventTime.column()).getIndex();
            guarded = EventTimestamp.of(column, relation.name(), relation.rowType(), quarantine, guarded);
        }
        if (!relation.checks().isEmpty()) {
            List<RowRules.RowRule> rules = new ArrayList<>();
            List<RexNode> conditions = new ArrayList<>();
            for (Relation.Check check : relation.checks()) {
                rules.add(new RowRules.RowRule(check.rule().text(), check.rule().onFailure()));
                conditions.add(check.condition());
            }
            guarded = RowRules.check(
                    rules,
                    compile(conditions, relation.rowType()),
                    relation.name(),
                    relation.rowType(),
                    quarantine,
                    guarded);
        }
        return guarded;
    }

    private OperatorFactory stages(Relation.StepRelation step, List<Stage> stages, OperatorFactory end) {
        OperatorFactory chain = end;
        for (int i = stages.size() - 1; i >= 0; i--) {
            chain = stage(step.name(), stages.get(i), chain);
        }
        return chain;
    }

    private OperatorFactory stage(String relation, Stage stage, OperatorFactory next) {
        if (stage instanceof Stage.Filter filter) {
            return Calculation.filter(
                    compile(List.of(filter.condition()), filter.rowType()),
                    relation,
                    filter.rowType(),
                    quarantine,
                    next);
        }
        if (stage instanceof Stage.Project project) {
            return Calculation.project(
                    compile(project.expressions(), project.inputType()),
                    relation,
                    project.inputType(),
                    quarantine,
                    next);
        }
        if (stage instanceof Stage.Window window) {
            return Tumbling.of(
                    window.timeColumn(),
                    window.size().toMillis(),
                    window.offset().toMillis(),
                    next);
        }
        Stage.Lookup lookup = (Stage.Lookup) stage;
        TableLookup.Spec spec = new TableLookup.Spec(
                lookup.table(),
                compile(lookup.key(), lookup.inputType()),
                tableChain(relation, lookup),
                lookup.isLeft(),
                lookup.rowType().getFieldCount() - lookup.inputType().getFieldCount(),
                relation,
                lookup.inputType(),
                quarantine);
        return TableLookup.join(spec, next);
    }

    private OperatorFactory tableChain(String relation, Stage.Lookup lookup) {
        OperatorFactory chain = TableLookup.CAPTURE;
        for (int i = lookup.tableStages().size() - 1; i >= 0; i--) {
            chain = stage(relation, lookup.tableStages().get(i), chain);
        }
        return chain;
    }

    private CompiledExpressions compile(List<RexNode> expressions, RelDataType rowType) {
        return CompiledExpressions.compile(plan.rexBuilder(), expressions, rowType);
    }

    private static RelDataType columns(RelDataType rowType, List<Integer> columns) {
        RelDataTypeFactory.Builder builder = SqlDialect.types().builder();
        columns.forEach(column -> builder.add(rowType.getFieldList().get(column)));
        return builder.build();
    }
}
