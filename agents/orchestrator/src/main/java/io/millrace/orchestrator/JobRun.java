package io.millrace.orchestrator;

import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.TopicPartitions;
import io.millrace.event.RunState;
import io.millrace.orchestrator.RunException.Kind;
import io.millrace.orchestrator.RunSnapshot.Phase;
import io.millrace.processor.Processor;
import io.millrace.processor.ProcessorSettings;
import io.millrace.schemas.registry.RegistryException;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job. Tables are read to their end before the first row of a stream; the run is complete when every source has ended,
 * the processor has taken all of it, and every sink has committed what came out.
 */
public final class JobRun implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(150);

    private final PipelinePlan plan;
    private final Cluster cluster;
    private final RunObserver observer;
    private final SchemaRegistryClient registry;
    private final Topics topics;
    private final TopicReader reader;
    private final RunConnectors connectors;
    private final RunCounts counts;
    private final SourceEnds ends;
    private final TaskEnds taskEnds;
    private final RunStates states;
    private final Completion completion;
    private final RunHealth health;
    private final Stall stall = new Stall(InstantSource.system());
    private final Instant began = Instant.now();
    private final Map<Phase, Duration> phases = new EnumMap<>(Phase.class);
    private Phase phase = Phase.PREPARING;
    private Instant phaseBegan = began;
    private List<String> waitingFor = List.of();
    private @Nullable Processor processor;

    private JobRun(PipelinePlan plan, Cluster cluster, RunObserver observer) {
        this.plan = plan;
        this.cluster = cluster;
        this.observer = observer;
        this.registry = SchemaRegistryClients.from(cluster.registry());
        this.topics = new Topics(cluster.kafka());
        this.reader = new TopicReader(cluster.kafka(), registry);
        ConnectClient connect = new ConnectClient(cluster.connect());
        this.connectors = new RunConnectors(plan.connectors(), connect, topics);
        this.counts = new RunCounts(plan, topics, reader);
        PlanOptions options = plan.options();
        this.ends = new SourceEnds(options.runId(), new TopicTail(options.sourceEndTopic(), topics, reader));
        this.taskEnds = new TaskEnds(
                plan.pipeline().name(), options.runId(), new TopicTail(options.taskEndTopic(), topics, reader));
        this.states = new RunStates(plan, cluster, registry);
        this.completion = new Completion(plan, topics, reader);
        this.health = new RunHealth(plan.pipeline().name(), connect);
    }

    /**
     * Runs the plan's job to its end.
     *
     * @throws RunException when it cannot start or fails; its connectors and processor are stopped then, and what it has written stays
     */
    public static RunReport execute(PipelinePlan plan, Cluster cluster, RunObserver observer) throws RunException {
        RunLock lock = RunLock.acquire(cluster.stateDirectory(), plan.pipeline().name());
        try (JobRun run = new JobRun(plan, cluster, observer)) {
            return run.executeAndSay();
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
        } finally {
            lock.close();
        }
    }

    private RunReport executeAndSay() throws RunException {
        connectors.requireSound();
        connectors.removeLeftovers();
        topics.create(plan.topics());
        states.say(RunState.RUNNING);
        try {
            RunReport report = execute();
            states.say(RunState.COMPLETED);
            return report;
        } catch (RunException | RuntimeException e) {
            states.sayFailed(e);
            throw e;
        }
    }

    private RunReport execute() throws RunException {
        ends.begin();
        taskEnds.begin();
        counts.begin();

        enter(Phase.READING_TABLES);
        List<String> tables = connectors.startSources(true);
        // Rows of streams may come already: nothing takes them from their topics before the tables are whole.
        List<String> streams = connectors.startSources(false);
        connectors.startSinks();
        await(() -> ends.open(tables));

        enter(Phase.READING_STREAMS);
        startProcessor();
        await(() -> ends.open(streams));

        enter(Phase.PROCESSING);
        await(completion::unprocessed);

        if (processor != null && plan.closesAtEnd()) {
            enter(Phase.CLOSING);
            states.say(RunState.CLOSING);
            Map<String, Integer> tasks = processor.tasks();
            await(() -> taskEnds.open(tasks));
        }

        enter(Phase.WRITING);
        await(completion::unwritten);
        enter(Phase.WRITING);
        Map<String, Long> read = counts.readBySource(ends, processor);
        return new RunReport(
                plan.options().runId(),
                plan.pipeline().name(),
                phases,
                read,
                counts.writtenBySink(read, processor),
                counts.quarantine());
    }

    /** A pipeline whose sinks take its sources as they are has nothing to process. */
    private void startProcessor() throws RunException {
        if (!plan.streamTopics().isEmpty()) {
            List<String> read = new ArrayList<>(plan.streamTopics());
            read.addAll(topics.existing(plan.repartitionTopics()));
            processor = Processor.start(
                    plan,
                    new TopicPartitions(topics.partitions(read), plan.options().partitions()),
                    new ProcessorSettings(cluster.kafka(), cluster.registry(), cluster.stateDirectory(), 1));
        }
    }

    /** What a wait is for: the names of what is not done yet. */
    private interface Open {
        List<String> names() throws RunException;
    }

    private void await(Open open) throws RunException {
        for (waitingFor = open.names(); !waitingFor.isEmpty(); waitingFor = open.names()) {
            RunSnapshot snapshot = snapshot();
            observer.at(snapshot);
            if (snapshot.stalled().compareTo(cluster.patience()) > 0) {
                throw new RunException(
                        Kind.UNREACHABLE,
                        "Nothing has moved for " + snapshot.stalled().toSeconds() + " s; the run was waiting for "
                                + String.join(", ", waitingFor)
                                + ". The log of the Connect worker says what that waits for");
            }
            health.require(processor, connectors.started());
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunException(Kind.FAILED, "Run " + plan.options().runId() + " was interrupted", e);
            }
        }
        observer.at(snapshot());
    }

    private RunSnapshot snapshot() throws RunException {
        long read = counts.aboutRead();
        long processed = counts.processed(processor);
        long written = counts.written(processor);
        return new RunSnapshot(
                phase,
                Duration.between(began, Instant.now()),
                read,
                processed,
                written,
                counts.setAside(processor),
                waitingFor,
                stall.since(phase, read, processed, written, waitingFor, completion.progress()));
    }

    /** Notes how long the phase before took. */
    private void enter(Phase next) {
        Instant now = Instant.now();
        phases.merge(phase, Duration.between(phaseBegan, now), Duration::plus);
        phase = next;
        phaseBegan = now;
    }

    /** Stops what the run started. Offsets stay, so that the next run goes on from here. */
    @Override
    public void close() {
        // An interrupt ends the run, not the tidying up behind it.
        boolean isInterrupted = Thread.interrupted();
        connectors.remove();
        if (processor != null) {
            processor.close();
        }
        states.close();
        reader.close();
        topics.close();
        registry.close();
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
