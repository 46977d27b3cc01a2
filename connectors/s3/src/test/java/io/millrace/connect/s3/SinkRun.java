package io.millrace.connect.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/** A worker in small with one topic: it delivers batches to a sink task, again when asked, and keeps the offsets it commits. */
final class SinkRun {

    static final Schema ROW =
            SchemaBuilder.struct().name("row").field("id", Schema.INT64_SCHEMA).build();

    final MemoryStore store = new MemoryStore();
    final SourceRun.MovedClock clock = new SourceRun.MovedClock();
    final Map<String, String> config = new HashMap<>(Map.of("s3.bucket", "b", "prefix", "lake/"));
    final Map<TopicPartition, List<SinkRecord>> log = new HashMap<>();
    final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    final List<SinkRecord> errants = new ArrayList<>();
    boolean collectsErrants;
    boolean isCommitRequested;
    long timeoutMs;

    private final Map<TopicPartition, OffsetAndMetadata> consumed = new HashMap<>();
    private S3SinkTask task;

    void add(int partition, Schema schema, Object value) {
        List<SinkRecord> records = log.computeIfAbsent(new TopicPartition("t", partition), key -> new ArrayList<>());
        records.add(new SinkRecord(
                "t", partition, null, null, schema, value, records.size(), 0L, TimestampType.CREATE_TIME));
    }

    void addRows(int partition, int count) {
        for (int i = 0; i < count; i++) {
            int offset = log.getOrDefault(new TopicPartition("t", partition), List.of())
                    .size();
            add(partition, ROW, row(partition * 1000L + offset));
        }
    }

    static Struct row(long id) {
        return new Struct(ROW).put("id", id);
    }

    /** Starts a task, which gets what lies behind the committed offsets. */
    void start() {
        startWith(new S3SinkTask(options -> store, clock));
    }

    void startWith(S3SinkTask started) {
        task = started;
        task.initialize(new Context());
        task.start(config);
        consumed.clear();
        consumed.putAll(committed);
        task.open(log.keySet());
    }

    /** Delivers the next records of every partition, as often as the task wants them again. */
    void deliver(int perPartition) {
        List<SinkRecord> batch = new ArrayList<>();
        Map<TopicPartition, OffsetAndMetadata> behind = new HashMap<>(consumed);
        log.forEach((partition, records) -> {
            int from = (int)
                    consumed.getOrDefault(partition, new OffsetAndMetadata(0)).offset();
            int to = Math.min(records.size(), from + perPartition);
            batch.addAll(records.subList(from, to));
            behind.put(partition, new OffsetAndMetadata(to));
        });
        boolean isDelivered = false;
        while (!isDelivered) {
            try {
                task.put(batch);
                isDelivered = true;
            } catch (RetriableException e) {
                clock.move(Duration.ofMillis(timeoutMs));
            }
        }
        consumed.putAll(behind);
    }

    void commit() {
        isCommitRequested = false;
        committed.putAll(task.preCommit(Map.copyOf(consumed)));
    }

    /** Ends the task as a crash does: nothing is committed any more. */
    void crash() {
        task.close(log.keySet());
        task.stop();
    }

    S3SinkTask task() {
        return task;
    }

    /** Stores everything that is open, by the clock. */
    void finish() {
        clock.move(Duration.ofHours(1));
        deliver(0);
        commit();
    }

    /** Every id that is stored, in the order of the objects' names. */
    List<Long> storedIds() throws IOException {
        List<Long> ids = new ArrayList<>();
        for (byte[] object : store.objects.values()) {
            Path file = Files.createTempFile("sink-run", ".parquet");
            Files.write(file, object);
            try (Duck duck = new Duck()) {
                duck.rows("SELECT id FROM '" + file + "'").forEach(row -> ids.add((Long) row.get(0)));
            } finally {
                Files.delete(file);
            }
        }
        return ids;
    }

    private final class Context implements SinkTaskContext {

        @Override
        public Map<String, String> configs() {
            return config;
        }

        @Override
        public void offset(Map<TopicPartition, Long> offsets) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void offset(TopicPartition partition, long offset) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void timeout(long ms) {
            timeoutMs = ms;
        }

        @Override
        public Set<TopicPartition> assignment() {
            return new HashSet<>(log.keySet());
        }

        @Override
        public void pause(TopicPartition... partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void resume(TopicPartition... partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void requestCommit() {
            isCommitRequested = true;
        }

        @Override
        public ErrantRecordReporter errantRecordReporter() {
            return collectsErrants
                    ? (record, error) -> {
                        errants.add(record);
                        return java.util.concurrent.CompletableFuture.completedFuture(null);
                    }
                    : null;
        }

        @Override
        public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }
    }
}
