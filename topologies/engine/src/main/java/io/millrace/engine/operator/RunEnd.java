package io.millrace.engine.operator;

import io.millrace.event.Run;
import io.millrace.event.RunState;
import io.millrace.event.TaskEnd;
import io.millrace.event.TaskEndKey;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.AvroReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * How a topology hears that the input of its run has ended, and how it says that all that waited for more has gone on.
 *
 * <p>The first is a {@link Run} in the state CLOSING on the topic of runs, which a global store follows. Tasks that take a source end their
 * chains then; those behind repartitions do when each task that sends to them has said that it has. Every one of them writes a {@link TaskEnd},
 * in the same transaction as what it sent on.
 */
public final class RunEnd {

    /** The global store in which it stands that the run is closing. */
    public static final String STORE = "run-end";

    private static final byte[] SAID = {1};

    private final String pipeline;
    private final String run;
    private final String taskEndTopic;
    private final SchemaRegistryClient registry;
    private final Bytes key;
    private final long mark;

    /**
     * The end of one run.
     *
     * @param run the run's id
     * @param taskEndTopic where tasks say that they have ended
     */
    public RunEnd(String pipeline, String run, String taskEndTopic, SchemaRegistryClient registry) {
        this.pipeline = pipeline;
        this.run = run;
        this.taskEndTopic = taskEndTopic;
        this.registry = registry;
        byte[] name = run.getBytes(StandardCharsets.UTF_8);
        this.key = Bytes.wrap(name);
        // What is left on a repartition by a run that was killed must not end this one.
        this.mark = UUID.nameUUIDFromBytes(name).getMostSignificantBits();
    }

    /** What the words of this run's end are marked with; never 0. */
    long mark() {
        return mark;
    }

    /** Follows the topic of runs. */
    public ProcessorSupplier<byte[], byte[], Void, Void> follower() {
        return Follower::new;
    }

    private final class Follower extends ContextualProcessor<byte[], byte[], Void, Void> {

        private final AvroReader runs = AvroReader.generic(registry, UnaryOperator.identity());

        @Override
        public void process(Record<byte[], byte[]> record) {
            if (record.value() == null) {
                return;
            }
            GenericRecord said = (GenericRecord)
                    Objects.requireNonNull(runs.read(record.value()).datum(), "a run is never null");
            if (said.get("pipeline").toString().equals(pipeline)
                    && said.get("run").toString().equals(run)
                    && said.get("state").toString().equals(RunState.CLOSING.name())) {
                KeyValueStore<Bytes, byte[]> store = context().getStateStore(STORE);
                store.put(key, SAID);
            }
        }
    }

    /** Whether the input of the run has ended. */
    boolean isSaid(OperatorContext context) {
        return context.store(STORE).get(key) != null;
    }

    /** Says that a task has sent on all that waited. */
    void report(OperatorContext context) {
        TaskEndKey taskKey = TaskEndKey.newBuilder()
                .setPipeline(pipeline)
                .setRun(run)
                .setPart(context.name())
                .setTask(context.partition())
                .build();
        TaskEnd end = TaskEnd.newBuilder()
                .setPipeline(pipeline)
                .setRun(run)
                .setPart(context.name())
                .setTask(context.partition())
                .setEndedAt(Instant.ofEpochMilli(context.nowMs()))
                .build();
        context.emit(
                taskEndTopic,
                EventBytes.of(registry, taskEndTopic + "-key", taskKey),
                EventBytes.of(registry, taskEndTopic + "-value", end),
                context.nowMs());
    }

    /** Ends the chain of a task that takes a source, once the run's input has ended. */
    static final class Watch {

        private final @Nullable RunEnd end;
        private boolean hasEnded;

        Watch(@Nullable RunEnd end) {
            this.end = end;
        }

        void look(OperatorContext context, Operator chain) {
            if (end != null && !hasEnded && end.isSaid(context)) {
                hasEnded = true;
                chain.end();
                end.report(context);
            }
        }
    }
}
