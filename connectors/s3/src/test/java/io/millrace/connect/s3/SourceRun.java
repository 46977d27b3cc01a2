package io.millrace.connect.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** A worker in small: it runs source tasks, keeps what they return, and the offsets of what it took. */
final class SourceRun {

    final MemoryStore store = new MemoryStore();
    final Map<String, String> config = new HashMap<>(Map.of(
            "name", "c",
            "s3.bucket", "b",
            "topic", "t",
            "columns", "id BIGINT NOT NULL, name STRING",
            "run.mode", "once",
            "run.id", "r1",
            "end.topic", "ends",
            "dead.letter.topic", "dead"));
    final List<SourceRecord> records = new ArrayList<>();
    final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
    final MovedClock clock = new MovedClock();

    /** A clock that moves when told. */
    static final class MovedClock extends Clock {
        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        void move(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    void object(String key, String text) {
        store.objects.put(key, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Rows of these ids, one a line. */
    static String json(long from, long to) {
        StringBuilder text = new StringBuilder();
        for (long id = from; id <= to; id++) {
            text.append("{\"id\":").append(id).append(",\"other\":{\"a\":[1]}}\n");
        }
        return text.toString();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] gzip(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes(text));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    /** A new task, as after a start of the worker. */
    S3SourceTask task() {
        return started(new S3SourceTask(options -> store, clock));
    }

    S3SourceTask started(S3SourceTask task) {
        task.initialize(new Context());
        task.start(config);
        return task;
    }

    /** Runs a new task until it has no more to say, or until {@code limit} records are taken; then stops it like a crash. */
    void run(int limit) {
        S3SourceTask task = task();
        int nothing = 0;
        int taken = 0;
        try {
            int ends = on("ends").size();
            while (nothing < 6 && on("ends").size() == ends) {
                List<SourceRecord> batch = poll(task);
                nothing = batch == null ? nothing + 1 : 0;
                for (SourceRecord record : batch == null ? List.<SourceRecord>of() : batch) {
                    if (taken++ == limit) {
                        return;
                    }
                    take(task, record);
                }
            }
        } finally {
            task.stop();
        }
    }

    void run() {
        run(Integer.MAX_VALUE);
    }

    List<SourceRecord> poll(S3SourceTask task) {
        try {
            return task.poll();
        } catch (RetriableException e) {
            clock.move(Duration.ofMinutes(2));
            return null;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    void take(S3SourceTask task, SourceRecord record) {
        records.add(record);
        offsets.put(record.sourcePartition(), record.sourceOffset());
        task.commitRecord(record, null);
    }

    List<Object> ids() {
        return on("t").stream()
                .map(record -> ((Struct) record.value()).get("id"))
                .toList();
    }

    List<Struct> letters() {
        return on("dead").stream().map(record -> (Struct) record.value()).toList();
    }

    List<SourceRecord> on(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private final class Context implements SourceTaskContext {

        @Override
        public Map<String, String> configs() {
            return config;
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                @SuppressWarnings("unchecked")
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return (Map<String, Object>) offsets.get(partition);
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
                    partitions.forEach(partition -> found.put(partition, offset(partition)));
                    return found;
                }
            };
        }

        @Override
        public org.apache.kafka.common.metrics.PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }
    }
}
