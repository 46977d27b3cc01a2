package io.millrace.benchmarks;

import io.millrace.connect.jdbc.sink.JdbcSinkTask;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A worker that does nothing beside its task. */
final class BenchmarkContext implements SinkTaskContext {

    /** Waits until as many records are written. */
    static void finish(JdbcSinkTask task, long records) {
        long written = 0;
        while (written < records) {
            task.put(List.of());
            OffsetAndMetadata offset = task.preCommit(Map.of(SinkRows.PARTITION, new OffsetAndMetadata(records)))
                    .get(SinkRows.PARTITION);
            written = offset == null ? 0 : offset.offset();
        }
    }

    @Override
    public Map<String, String> configs() {
        return Map.of();
    }

    @Override
    public void offset(Map<TopicPartition, Long> offsets) {
        throw new IllegalStateException("Nothing is read again here");
    }

    @Override
    public void offset(TopicPartition partition, long offset) {
        throw new IllegalStateException("Nothing is read again here");
    }

    @Override
    public void timeout(long timeoutMs) {
        // Nothing is waited for here.
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.of(SinkRows.PARTITION);
    }

    @Override
    public void pause(TopicPartition... partitions) {
        // Nothing is read here.
    }

    @Override
    public void resume(TopicPartition... partitions) {
        // Nothing is read here.
    }

    @Override
    public void requestCommit() {
        // Nothing is committed here.
    }

    @Override
    public PluginMetrics pluginMetrics() {
        throw new UnsupportedOperationException();
    }
}
