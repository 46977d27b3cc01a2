package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.sql.RowContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of one processor share: the way out, the clock and the expressions' view of it. One for each task, used by
 * its thread alone.
 */
public final class OperatorContext {

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration RUN_END_TICK = Duration.ofMillis(200);
    private static final SourceRow NO_RECORD = new SourceRow("", -1, -1, 0, new RecordHeaders(), null, null);

    private final ProcessorContext<byte[], Emission> streams;
    private final RowContext expressions = new RowContext();
    private @Nullable Row captured;
    private final List<Tick> ticks = new ArrayList<>();
    private final Map<String, Sensor> dropped = new HashMap<>();
    private final String name;
    private final @Nullable RunEnd runEnd;
    private SourceRow current = NO_RECORD;
    private long lastRowMs;
    private final Map<String, Integer> writers = new HashMap<>();

    /** Hears from time to time, by the clock, whether rows come. */
    @FunctionalInterface
    public interface Tick {
        void tick(boolean isIdle);
    }

    OperatorContext(ProcessorContext<byte[], Emission> streams, String name, Duration idle, @Nullable RunEnd runEnd) {
        this.streams = streams;
        this.name = name;
        this.runEnd = runEnd;
        this.lastRowMs = streams.currentSystemTimeMs();
        streams.schedule(
                TICK,
                PunctuationType.WALL_CLOCK_TIME,
                nowMs -> ticks.forEach(tick -> tick.tick(nowMs - lastRowMs >= idle.toMillis())));
    }

    /** Lets an operator hear from time to time, by the clock. */
    public void onTick(Tick tick) {
        ticks.add(tick);
    }

    /** Calls {@code watch} with the chain again and again, soon after the input of a run may have ended. */
    void watchRunEnd(RunEnd.Watch watch, Operator chain) {
        if (runEnd != null) {
            streams.schedule(RUN_END_TICK, PunctuationType.WALL_CLOCK_TIME, nowMs -> watch.look(this, chain));
        }
    }

    /** What this run's end is known by to the tasks that hear of it; 0 where nothing waits for it. */
    long runMark() {
        return runEnd == null ? 0 : runEnd.mark();
    }

    /** The name of the part of the topology that this is the context of. */
    String name() {
        return name;
    }

    /** Sends bytes on to a topic or repartition. */
    public void emit(String destination, byte @Nullable [] key, byte @Nullable [] value, long timestampMs) {
        emit(destination, key, value, timestampMs, new RecordHeaders());
    }

    /** Sends bytes with headers on to a topic or repartition. */
    void emit(String destination, byte @Nullable [] key, byte @Nullable [] value, long timestampMs, Headers headers) {
        streams.forward(new Record<>(key, new Emission(destination, value), timestampMs, headers));
    }

    /** A key-value store of this topology. */
    public KeyValueStore<Bytes, byte[]> store(String name) {
        return streams.getStateStore(name);
    }

    /**
     * A number for an operator that sends to an input of a repartition: its own in this processor and partition, the same after a restart,
     * and whatever else the processor sends to other repartitions.
     */
    long sender(String repartition, int input) {
        int number = writers.merge(repartition + '#' + input, 1, Integer::sum) - 1;
        return Progress.sender(
                Progress.writer(name, repartition, input, number),
                streams.taskId().partition());
    }

    /** The partition of the task. */
    public int partition() {
        return streams.taskId().partition();
    }

    /** Now, by the clock of the topology: the wall clock, or the test driver's. */
    public long nowMs() {
        return streams.currentSystemTimeMs();
    }

    /** For evaluating expressions over a row that no record stands for. */
    public RowContext expressions() {
        return expressions;
    }

    /** For evaluating expressions over a row of this change. */
    public RowContext expressions(Change change) {
        expressions.setRecord(change.source());
        return expressions;
    }

    /** The record that is being processed, or was last: the cause of what time alone brings about. */
    public SourceRow current() {
        return current;
    }

    /** Counts the rows of a relation that break a rule which only warns: total and rate, among the metrics of Streams. */
    Sensor warningSensor(String relation, String rule) {
        return streams.metrics()
                .addRateTotalSensor(
                        "quality", relation, "warned", Sensor.RecordingLevel.INFO, "relation", relation, "rule", rule);
    }

    /** Counts a row of a relation that came too late for its window: total and rate, among the metrics of Streams. */
    void countDropped(String relation) {
        dropped.computeIfAbsent(
                        relation,
                        name -> streams.metrics()
                                .addRateTotalSensor(
                                        "late", name, "dropped", Sensor.RecordingLevel.INFO, "relation", name))
                .record();
    }

    /** Puts a row aside for the operator that asked for it, or forgets the last one. */
    void capture(@Nullable Row row) {
        captured = row;
    }

    @Nullable
    Row captured() {
        return captured;
    }

    void beginRow(SourceRow source) {
        current = source;
        lastRowMs = streams.currentSystemTimeMs();
        expressions.setTime(lastRowMs);
        expressions.setRecord(source);
    }
}
