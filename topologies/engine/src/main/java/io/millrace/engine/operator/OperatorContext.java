package io.millrace.engine.operator;

import io.millrace.engine.sql.RowContext;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of one processor share: the way out, the clock and the expressions' view of it. One for each task, used by
 * its thread alone.
 */
public final class OperatorContext {

    private final ProcessorContext<byte[], Emission> streams;
    private final RowContext expressions = new RowContext();
    private @Nullable Object @Nullable [] captured;

    OperatorContext(ProcessorContext<byte[], Emission> streams) {
        this.streams = streams;
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
    KeyValueStore<Bytes, byte[]> store(String name) {
        return streams.getStateStore(name);
    }

    /** Now, by the clock of the topology: the wall clock, or the test driver's. */
    public long nowMs() {
        return streams.currentSystemTimeMs();
    }

    /** For evaluating expressions. */
    public RowContext expressions() {
        return expressions;
    }

    /** Counts the rows of a relation that break a rule which only warns: total and rate, among the metrics of Streams. */
    Sensor warningSensor(String relation, String rule) {
        return streams.metrics()
                .addRateTotalSensor(
                        "quality", relation, "warned", Sensor.RecordingLevel.INFO, "relation", relation, "rule", rule);
    }

    /** Puts a row aside for the operator that asked for it, or forgets the last one. */
    void capture(@Nullable Object @Nullable [] row) {
        captured = row;
    }

    @Nullable
    Object @Nullable [] captured() {
        return captured;
    }

    void beginRow() {
        expressions.setTime(streams.currentSystemTimeMs());
    }
}
