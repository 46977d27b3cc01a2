package io.millrace.engine.plan;

import io.millrace.engine.operator.Emission;
import io.millrace.engine.operator.OperatorFactory;
import io.millrace.engine.operator.Quarantine;
import io.millrace.engine.operator.RowProcessor;
import io.millrace.engine.operator.RunEnd;
import io.millrace.engine.operator.SectionProcessor;
import io.millrace.engine.operator.TableLoader;
import io.millrace.engine.operator.TableProcessor;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Builds the Streams topology of a plan. All stateless work on the rows of a source is one processor; what keeps state stands behind a
 * repartition in one processor more, with all that follows it. Everything is named after the relations, so that changing one step leaves the
 * names of the others.
 */
public final class PlanTopology {

    private static final Serde<byte[]> BYTES = Serdes.ByteArray();

    private final PipelinePlan plan;
    private final SchemaRegistryClient registry;
    private final StoreSuppliers stores;
    private final TopicPartitions partitions;
    private final Quarantine quarantine;
    private final @Nullable RunEnd runEnd;
    private final StreamsBuilder builder = new StreamsBuilder();
    private final OperatorChains chains;
    /** Who writes to each repartition, by their names: in whatever order they are built, the names of what merges them stay. */
    private final Map<String, SortedMap<String, KStream<byte[], Emission>>> writers = new LinkedHashMap<>();

    private final TaskCounts tasks = new TaskCounts();
    private final StateMarks marks;

    private PlanTopology(
            PipelinePlan plan, SchemaRegistryClient registry, StoreSuppliers stores, TopicPartitions partitions) {
        this.plan = plan;
        this.registry = registry;
        this.stores = stores;
        this.partitions = partitions;
        this.runEnd = plan.closesAtEnd()
                ? new RunEnd(
                        plan.pipeline().name(),
                        plan.options().runId(),
                        plan.options().taskEndTopic(),
                        registry)
                : null;
        this.quarantine = new Quarantine(plan.pipeline().name(), plan.quarantineTopic(), registry);
        this.chains = new OperatorChains(plan, registry, quarantine);
        this.marks = new StateMarks(plan);
    }

    /** The topology of {@code plan}; schemas are registered and read through {@code registry} when rows come. */
    public static Topology build(PipelinePlan plan, SchemaRegistryClient registry) {
        return build(plan, registry, StoreSuppliers.PERSISTENT);
    }

    /** The same with stores of another kind than RocksDB. */
    public static Topology build(PipelinePlan plan, SchemaRegistryClient registry, StoreSuppliers stores) {
        return build(plan, registry, stores, TopicPartitions.planned(plan)).topology();
    }

    /**
     * A topology, and what is known of it.
     *
     * @param tasks how many tasks each of its parts has: a source's rows by the source's name, what stands behind a repartition by its
     */
    public record Built(Topology topology, Map<String, Integer> tasks) {

        public Built {
            tasks = Map.copyOf(tasks);
        }
    }

    /** The topology for topics with {@code partitions}. */
    public static Built build(
            PipelinePlan plan, SchemaRegistryClient registry, StoreSuppliers stores, TopicPartitions partitions) {
        PlanTopology topology = new PlanTopology(plan, registry, stores, partitions);
        return new Built(topology.build(), topology.tasks.all());
    }

    private Topology build() {
        if (runEnd != null) {
            builder.addGlobalStore(
                    Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(RunEnd.STORE), Serdes.Bytes(), BYTES)
                            .withLoggingDisabled(),
                    plan.options().runsTopic(),
                    Consumed.with(BYTES, BYTES).withName(RunEnd.STORE + "-source"),
                    runEnd.follower());
        }
        chains.build();
        countTasks();
        for (Relation relation : plan.relations()) {
            if (relation instanceof Relation.SourceRelation source) {
                if (plan.isLookedUp(source)) {
                    addLookedUp(source);
                }
                if (plan.isRead(source)) {
                    addSource(source);
                }
            }
        }
        // The chains know sections from the last to the first; each is built when all that writes to it is.
        chains.sections().forEach(this::addSection);
        return builder.build();
    }

    private void countTasks() {
        for (Relation relation : plan.relations()) {
            if (relation instanceof Relation.SourceRelation source && plan.isRead(source)) {
                tasks.add(source.name(), partitions.of(source.topic()), chains.destinationsOf(source));
            }
        }
        for (OperatorChains.Section section : chains.sections()) {
            int width = partitions.of(plan.repartitionTopic(section.name()), tasks.wanted(section.name()));
            tasks.add(section.name(), width, section.destinations());
        }
    }

    private void addLookedUp(Relation.SourceRelation source) {
        TableLoader.Table table = PlannedTable.lookedUp(source);
        builder.addGlobalStore(
                Stores.keyValueStoreBuilder(stores.keyValue(table.storeName()), Serdes.Bytes(), BYTES)
                        .withLoggingDisabled(),
                source.topic(),
                Consumed.with(BYTES, BYTES).withName(source.name() + "-source"),
                TableLoader.supplier(table, registry));
    }

    private void addSource(Relation.SourceRelation source) {
        OperatorFactory chain = chains.of(source);
        KStream<byte[], byte[]> records =
                builder.stream(source.topic(), Consumed.with(BYTES, BYTES).withName(source.name() + "-source"));
        Set<String> inner = chains.storesOf(source);
        inner.forEach(this::addStore);
        List<String> names = new ArrayList<>(inner);
        Named name = Named.as(source.name() + "-rows");
        if (source.isTable()) {
            TableLoader.Table table = PlannedTable.followed(source);
            addStore(table.storeName());
            names.add(table.storeName());
            TableProcessor.Spec spec = new TableProcessor.Spec(
                    table, registry, quarantine, plan.options().idle(), runEnd, chains.gate(source), chain);
            connect(
                    source.name(),
                    process(records, TableProcessor.supplier(spec), name, names),
                    chains.destinationsOf(source));
        } else {
            RowProcessor.Spec spec = new RowProcessor.Spec(
                    source.name(),
                    source.rowType(),
                    source.wanted(),
                    source.format(),
                    registry,
                    quarantine,
                    plan.options().idle(),
                    runEnd,
                    chain);
            connect(
                    source.name(),
                    process(records, RowProcessor.supplier(spec), name, names),
                    chains.destinationsOf(source));
        }
    }

    private KStream<byte[], Emission> process(
            KStream<byte[], byte[]> records,
            ProcessorSupplier<byte[], byte[], byte[], Emission> processors,
            Named name,
            List<String> storeNames) {
        return records.process(marks.around(processors, storeNames), name, storeNames.toArray(String[]::new));
    }

    private void addStore(String name) {
        builder.addStateStore(Stores.keyValueStoreBuilder(stores.keyValue(name), Serdes.Bytes(), BYTES));
    }

    /** Sends what a processor emits where it says: to a topic, or a repartition. */
    private void connect(String name, KStream<byte[], Emission> emissions, Set<String> repartitions) {
        emissions
                .filter((key, emission) -> !repartitions.contains(emission.destination()), Named.as(name + "-outputs"))
                .to(
                        (key, emission, context) -> emission.destination(),
                        Produced.<byte[], Emission>as(name + "-sink")
                                .withKeySerde(BYTES)
                                .withValueSerde(EmissionSerde.INSTANCE));
        for (String repartition : repartitions) {
            writers.computeIfAbsent(repartition, unused -> new TreeMap<>())
                    .put(
                            name,
                            emissions.filter(
                                    (key, emission) -> emission.destination().equals(repartition),
                                    Named.as(name + "-to-" + repartition)));
        }
    }

    private void addSection(OperatorChains.Section section) {
        KStream<byte[], Emission> merged = null;
        for (Map.Entry<String, KStream<byte[], Emission>> writer :
                writers.getOrDefault(section.name(), new TreeMap<>()).entrySet()) {
            Named name = Named.as(section.name() + "-merged-" + writer.getKey());
            merged = merged == null ? writer.getValue() : merged.merge(writer.getValue(), name);
        }
        if (merged == null) {
            throw new IllegalStateException("Nothing writes to " + section.name());
        }
        KStream<byte[], byte[]> rows = merged.mapValues(Emission::value, Named.as(section.name() + "-value"))
                .repartition(Repartitioned.with(BYTES, BYTES)
                        .withName(section.name())
                        .withNumberOfPartitions(tasks.partitions(section.name()))
                        .withStreamPartitioner(new ToOneOrAll()));
        String progress = PlannedState.progressStore(section.name());
        builder.addStateStore(Stores.keyValueStoreBuilder(stores.keyValue(progress), Serdes.Bytes(), BYTES)
                .withCachingEnabled());
        section.stores().forEach(this::addStore);
        List<String> names = new ArrayList<>(section.stores());
        names.add(progress);
        List<List<String>> processors = new ArrayList<>();
        for (int input = 0; input < section.exchanges().size(); input++) {
            processors.add(chains.writers(section, input));
        }
        SectionProcessor.Spec spec = new SectionProcessor.Spec(
                section.name(),
                section.relation(),
                section.exchanges(),
                processors,
                tasks.writing(section.name()),
                progress,
                plan.options().idle(),
                runEnd,
                section.inputs());
        connect(
                section.name(),
                process(rows, SectionProcessor.supplier(spec), Named.as(section.name() + "-rows"), names),
                section.destinations());
    }

    /** A row goes where its key says; the word of a watermark alone goes everywhere. */
    private static final class ToOneOrAll implements StreamPartitioner<byte[], byte[]> {

        @Override
        public Optional<Set<Integer>> partitions(String topic, byte[] key, byte[] value, int numPartitions) {
            if (value != null) {
                return Optional.empty();
            }
            Set<Integer> all = new java.util.HashSet<>();
            for (int i = 0; i < numPartitions; i++) {
                all.add(i);
            }
            return Optional.of(all);
        }
    }
}
