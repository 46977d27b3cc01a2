package io.millrace.orchestrator;

import io.millrace.document.Sink;
import io.millrace.engine.plan.ConnectorPlan;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.Relation;
import io.millrace.orchestrator.RunException.Kind;
import io.millrace.orchestrator.RunSnapshot.Phase;
import io.millrace.processor.Processor;
import io.millrace.processor.ProcessorSettings;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a job. Tables are read to their end before the first row of a stream; the run is complete when every source has ended,
 * the processor has taken all of it, and every sink has committed what came out.
 */
public final class JobRun implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration PAUSE = Duration.ofMillis(150);

    private final PipelinePlan plan;
    private final Cluster cluster;
    private final RunObserver observer;
    private final SchemaRegistryClient registry;
    private final Topics topics;
    private final TopicReader reader;
    private final ConnectClient connect;
    private final SourceEnds ends;
    private final Completion completion;
    private final RunHealth health;
    private final Stall stall = new Stall(Clock.systemUTC());
    private final Instant began = Instant.now();
    private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    private final List<String> started = new ArrayList<>();
    private Phase phase = Phase.PREPARING;
    private Instant phaseBegan = began;
    private List<String> waitingFor = List.of();
    private long aboutBefore;
    private Map<TopicPartition, Long> quarantineBefore = Map.of();
    private @Nullable Processor processor;

    private JobRun(PipelinePlan plan, Cluster cluster, RunObserver observer) {
        this.plan = plan;
        this.cluster = cluster;
        this.observer = observer;
        this.registry = SchemaRegistryClients.from(cluster.registry());
        this.topics = new Topics(cluster.kafka());
        this.reader = new TopicReader(cluster.kafka(), registry);
        this.connect = new ConnectClient(cluster.connect());
        this.ends =
                new SourceEnds(plan.options().sourceEndTopic(), plan.options().runId(), topics, reader);
        this.completion = new Completion(plan, topics, reader);
        this.health = new RunHealth(plan.pipeline().name(), connect);
    }

    /**
     * Runs the plan's job to its end.
     *
     * @throws RunException when it cannot start or fails; its connectors and processor are stopped then, and what it has written stays
     */
    public static RunReport execute(PipelinePlan plan, Cluster cluster, RunObserver observer) throws RunException {
        try (RunLock lock = RunLock.acquire(
                        cluster.stateDirectory(), plan.pipeline().name());
                JobRun run = new JobRun(plan, cluster, observer)) {
            lock.requireHeld();
            return run.execute();
        } catch (KafkaException e) {
            throw new RunException(
                    Kind.UNREACHABLE,
                    "Kafka at " + cluster.kafka().get("bootstrap.servers") + " does not answer as it should: "
                            + e.getMessage(),
                    e);
        } catch (RegistryException e) {
            throw new RunException(
                    Kind.UNREACHABLE,
                    "The Schema Registry at " + cluster.registry().get("schema.registry.url") + ": " + e.getMessage(),
                    e);
        }
    }

    private RunReport execute() throws RunException {
        requireSound();
        removeLeftovers();
        topics.create(plan.topics());
        ends.begin();
        aboutBefore = topics.about(sourceTopics());
        quarantineBefore = topics.ends(List.of(plan.quarantineTopic()));

        enter(Phase.READING_TABLES);
        List<String> tables = start(connectors(ConnectorPlan.Direction.SOURCE, true));
        // Rows of streams may come already: nothing takes them from their topics before the tables are whole.
        List<String> streams = start(connectors(ConnectorPlan.Direction.SOURCE, false));
        start(sinks());
        awaitEnds(tables);

        enter(Phase.READING_STREAMS);
        startProcessor();
        awaitEnds(streams);

        enter(Phase.PROCESSING);
        await(completion::unprocessed);

        enter(Phase.WRITING);
        await(completion::unwritten);
        enter(Phase.WRITING);
        return report();
    }

    /** Asks each connector's own validation before anything is made. */
    private void requireSound() throws RunException {
        List<String> errors = new ArrayList<>();
        for (ConnectorPlan connector : plan.connectors()) {
            for (String error : connect.validate(connector.name(), connector.config())) {
                errors.add(connector.name() + ": " + error);
            }
        }
        if (!errors.isEmpty()) {
            throw new RunException(Kind.REFUSED, String.join("\n", errors));
        }
    }

    /** A run that was killed leaves its connectors, and a failed one would stay as it is when it is put again. */
    private void removeLeftovers() throws RunException {
        for (ConnectorPlan connector : plan.connectors()) {
            connect.delete(connector.name());
        }
    }

    private List<ConnectorPlan> connectors(ConnectorPlan.Direction direction, boolean feedsTable) {
        return plan.connectors().stream()
                .filter(connector -> connector.direction() == direction && connector.feedsTable() == feedsTable)
                .toList();
    }

    /** The sinks, each told the identity of its topic: offsets that it stored for a topic made before say nothing of this one. */
    private List<ConnectorPlan> sinks() throws RunException {
        List<ConnectorPlan> sinks = new ArrayList<>();
        for (ConnectorPlan sink : connectors(ConnectorPlan.Direction.SINK, false)) {
            Map<String, String> config = new LinkedHashMap<>(sink.config());
            if (config.getOrDefault("connector.class", "").startsWith("io.millrace.")) {
                config.put("run.id", topics.id(config.getOrDefault("topics", "")));
            }
            sinks.add(new ConnectorPlan(sink.name(), sink.direction(), sink.relation(), sink.feedsTable(), config));
        }
        return sinks;
    }

    private List<String> start(List<ConnectorPlan> connectors) throws RunException {
        List<String> names = new ArrayList<>();
        for (ConnectorPlan connector : connectors) {
            // Noted before: an answer that does not come says nothing of what was done.
            started.add(connector.name());
            connect.put(connector.name(), connector.config());
            names.add(connector.name());
        }
        return names;
    }

    /** A pipeline whose sinks take its sources as they are has nothing to process. */
    private void startProcessor() {
        if (!plan.streamTopics().isEmpty()) {
            processor = Processor.start(
                    plan, new ProcessorSettings(cluster.kafka(), cluster.registry(), cluster.stateDirectory(), 1));
        }
    }

    private void awaitEnds(List<String> connectors) throws RunException {
        await(() -> ends.open(connectors));
    }

    private List<String> sourceTopics() {
        return plan.relations().stream()
                .filter(Relation.SourceRelation.class::isInstance)
                .map(Relation::topic)
                .toList();
    }

    /** What a wait is for: the names of what is not done yet. */
    private interface Open {
        List<String> names() throws RunException;
    }

    private void await(Open open) throws RunException {
        for (waitingFor = open.names(); !waitingFor.isEmpty(); waitingFor = open.names()) {
            observer.at(snapshot());
            health.require(processor, started);
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunException(Kind.FAILED, "Run " + plan.options().runId() + " was interrupted", e);
            }
        }
        observer.at(snapshot());
    }

    private Map<String, Long> consumed() {
        Processor running = processor;
        return running == null ? Map.of() : running.consumed();
    }

    private Map<String, Long> produced() {
        Processor running = processor;
        return running == null ? Map.of() : running.produced();
    }

    private RunSnapshot snapshot() throws RunException {
        Map<String, Long> consumed = consumed();
        Map<String, Long> produced = produced();
        long read = topics.about(sourceTopics()) - aboutBefore;
        long processed = plan.streamTopics().stream()
                .mapToLong(topic -> consumed.getOrDefault(topic, 0L))
                .sum();
        long written = plan.pipeline().sinks().stream()
                .mapToLong(
                        sink -> produced.getOrDefault(plan.relation(sink.from()).topic(), 0L))
                .sum();
        return new RunSnapshot(
                phase,
                Duration.between(began, Instant.now()),
                read,
                processed,
                written,
                produced.getOrDefault(plan.quarantineTopic(), 0L),
                waitingFor,
                stall.since(phase, read, processed, written, waitingFor));
    }

    /** Notes how long the phase before took. */
    private void enter(Phase next) {
        Instant now = Instant.now();
        phases.merge(phase, Duration.between(phaseBegan, now), Duration::plus);
        phase = next;
        phaseBegan = now;
    }

    private RunReport report() throws RunException {
        Map<String, Long> consumed = consumed();
        Map<String, Long> produced = produced();
        Map<String, Long> read = new LinkedHashMap<>();
        // A source without a connector is a topic that others write to: what was taken from it is what was read.
        for (Relation relation : plan.relations()) {
            if (relation instanceof Relation.SourceRelation) {
                read.put(relation.name(), consumed.getOrDefault(relation.topic(), 0L));
            }
        }
        Map<String, Long> written = new LinkedHashMap<>();
        for (ConnectorPlan connector : plan.connectors()) {
            if (connector.direction() == ConnectorPlan.Direction.SOURCE) {
                read.put(connector.relation(), ends.records(connector.name()));
            }
        }
        for (Sink sink : plan.pipeline().sinks()) {
            written.put(
                    sink.name(),
                    produced.getOrDefault(plan.relation(sink.from()).topic(), 0L));
        }
        QuarantineSummary quarantine = new QuarantineSummary();
        reader.read(quarantineBefore, topics.ends(List.of(plan.quarantineTopic())), record -> {
            byte[] value = record.value();
            if (value != null) {
                quarantine.add(reader.decode(value));
            }
        });
        return new RunReport(
                plan.options().runId(), plan.pipeline().name(), phases, read, written, quarantine.mostFrequentFirst());
    }

    /** Stops what the run started. Offsets stay, so that the next run goes on from here. */
    @Override
    public void close() {
        // An interrupt ends the run, not the tidying up behind it.
        boolean isInterrupted = Thread.interrupted();
        for (String connector : started) {
            try {
                connect.delete(connector);
            } catch (RunException e) {
                LOG.warn("Connector {} is not removed: {}", connector, e.getMessage());
            }
        }
        if (processor != null) {
            processor.close();
        }
        reader.close();
        topics.close();
        registry.close();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
