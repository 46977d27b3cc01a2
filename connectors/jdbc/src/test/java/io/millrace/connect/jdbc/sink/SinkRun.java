package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.metrics.MetricValueProvider;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.Sensor;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * A topic of one partition and the worker of a sink task on it: what is not committed comes again after a crash, a seek out of the
 * log's range goes to its beginning, and a batch that failed with a retriable error is handed over again.
 */
public final class SinkRun {

    public static final TopicPartition PARTITION = new TopicPartition("p.rows", 0);

    public final List<String> rejected = new ArrayList<>();
    public final List<Long> seeks = new ArrayList<>();
    public final Metrics metrics = new Metrics();
    public final List<SinkRecord> log = new ArrayList<>();
    private final Map<String, String> config;
    private boolean toleratesErrors;
    private JdbcSinkTask task;
    private Long seek;
    private long timeoutMs;
    private int position;
    private int committed;
    private long written;
    private List<SinkRecord> batch = List.of();
    public long timestamp = 1_000;

    public SinkRun(Map<String, String> config) {
        this.config = config;
    }

    public SinkRun with(String key, String value) {
        config.put(key, value);
        return this;
    }

    public SinkRun tolerant() {
        toleratesErrors = true;
        return this;
    }

    public SinkRun send(Schema keySchema, Object key, Schema valueSchema, Object value) {
        log.add(new SinkRecord(
                PARTITION.topic(),
                0,
                keySchema,
                key,
                valueSchema,
                value,
                log.size(),
                timestamp++,
                TimestampType.CREATE_TIME));
        return this;
    }

    /** As a transform would that routes the records of one topic to many. */
    public SinkRun sendAs(String topic, Schema keySchema, Object key, Schema valueSchema, Object value) {
        log.add(new SinkRecord(
                topic,
                0,
                keySchema,
                key,
                valueSchema,
                value,
                log.size(),
                timestamp++,
                TimestampType.CREATE_TIME,
                List.of(),
                PARTITION.topic(),
                0,
                log.size()));
        return this;
    }

    public SinkRun header(String name, Schema schema, Object value) {
        log.get(log.size() - 1).headers().add(name, value, schema);
        return this;
    }

    /** Takes the topic away, with its committed offsets, and makes it anew. */
    public void makeAnew() {
        log.clear();
        committed = 0;
    }

    /** A new task, which begins at the committed offset; the one before is gone without a word. */
    public SinkRun start() {
        if (task != null) {
            task.stop();
        }
        task = new JdbcSinkTask();
        task.initialize(new Context());
        task.start(config);
        task.open(Set.of(PARTITION));
        position = committed;
        batch = List.of();
        seek = null;
        return this;
    }

    /** One call of put with at most this many records; true when there was one. */
    public boolean deliver(int most) {
        if (seek != null) {
            position = seek > log.size() ? 0 : Math.toIntExact(seek);
            seek = null;
        }
        if (batch.isEmpty()) {
            batch = List.copyOf(log.subList(position, Math.min(position + most, log.size())));
            position += batch.size();
        }
        boolean hadSome = !batch.isEmpty();
        task.put(batch);
        batch = List.of();
        settle();
        return hadSome || seek != null;
    }

    /** Waits until what was handed over is written; what keeps it from that is thrown by the next call. */
    private void settle() {
        written = task.preCommit(Map.of(PARTITION, new OffsetAndMetadata(position)))
                .get(PARTITION)
                .offset();
        task.put(List.of());
    }

    /** Delivers everything; errors that can be retried are, for twenty seconds at most. */
    public SinkRun deliverAll() {
        long deadline = System.nanoTime() + 20_000_000_000L;
        boolean hasMore = true;
        while (hasMore) {
            try {
                hasMore = deliver(1000);
            } catch (RetriableException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                sleep(Math.min(timeoutMs, 200));
            }
        }
        return this;
    }

    private static void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public SinkRun commit() {
        committed = Math.toIntExact(written);
        return this;
    }

    /** How many records the task has taken in, or was handed without success. */
    public int position() {
        return position;
    }

    public long timeoutMs() {
        return timeoutMs;
    }

    public void stop() {
        task.stop();
        task = null;
    }

    private final class Context implements SinkTaskContext {
        @Override
        public Map<String, String> configs() {
            return config;
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            offsets.forEach(this::offset);
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            seeks.add(offset);
            seek = offset;
        }

        @Override
        public void timeout(long milliseconds) {
            timeoutMs = milliseconds;
        }

        @Override
        public Set<TopicPartition> assignment() {
            return Set.of(PARTITION);
        }

        @Override
        public void pause(TopicPartition... partitions) {}

        @Override
        public void resume(TopicPartition... partitions) {}

        @Override
        public void requestCommit() {}

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            if (!toleratesErrors) {
                return null;
            }
            return (record, error) -> {
                rejected.add(record.kafkaOffset() + " " + error.getMessage());
                return CompletableFuture.completedFuture(null);
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return new PluginMetrics() {
                @Override
                @SuppressWarnings("NonApiType")
                public MetricName metricName(String name, String description, LinkedHashMap<String, String> tags) {
                    return metrics.metricName(name, "plugins", description, tags);
                }

                @Override
                public void addMetric(MetricName name, MetricValueProvider<?> value) {
                    metrics.addMetric(name, value);
                }

                @Override
                public void removeMetric(MetricName name) {
                    metrics.removeMetric(name);
                }

                @Override
                public Sensor addSensor(String name) {
                    return metrics.sensor(name);
                }

                @Override
                public void removeSensor(String name) {
                    metrics.removeSensor(name);
                }
            };
        }
    }
}
