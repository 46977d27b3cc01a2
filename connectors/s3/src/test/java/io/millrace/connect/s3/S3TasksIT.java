package io.millrace.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.s3.store.S3Server;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both tasks as a worker makes them, over a real server, which goes away in between. */
final class S3TasksIT {

    private static final int OBJECTS = 3;
    private static final int ROWS_PER_OBJECT = 20_000;

    @TempDir
    Path directory;

    @Test
    void shouldCopyRowsFromJsonToParquetThoughTheServerGoesAway() throws Exception {
        S3Server first = S3Server.start(directory, false);
        writeObjects();
        SourceRun source = new SourceRun();
        source.config.putAll(first.config());
        source.config.put("prefix", "in/");
        S3SourceTask sourceTask = source.started(new S3SourceTask());
        sourceTask.poll().forEach(row -> source.take(sourceTask, row));
        List<SourceRecord> rows = source.records;
        first.close();
        int retries = 0;
        S3Server second = null;
        while (rows.size() < OBJECTS * ROWS_PER_OBJECT) {
            try {
                List<SourceRecord> batch = sourceTask.poll();
                (batch == null ? List.<SourceRecord>of() : batch).forEach(row -> source.take(sourceTask, row));
            } catch (RetriableException e) {
                retries++;
                second = second == null ? first.again(directory) : second;
            }
        }
        sourceTask.stop();
        // The next run finds nothing new.
        source.config.put("run.id", "r2");
        S3SourceTask next = source.started(new S3SourceTask());
        assertThat(next.poll()).singleElement().extracting(SourceRecord::topic).isEqualTo("ends");
        next.stop();
        assertThat(rows.get(rows.size() - 1).sourceOffset().get("done")).isEqualTo(true);
        assertThat(retries).isPositive();
        assertThat(second).isNotNull();

        SinkRun sink = new SinkRun();
        sink.config.putAll(second.config());
        sink.config.putAll(Map.of("prefix", "lake/", "flush.records", "25000"));
        rows.forEach(row -> sink.add(0, row.valueSchema(), row.value()));
        sink.startWith(new S3SinkTask());
        sink.deliver(50_000);
        sink.commit();
        sink.crash();
        sink.config.put("rotate.idle.ms", "0");
        sink.startWith(new S3SinkTask());
        sink.deliver(50_000);
        sink.commit();
        second.close();
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("SELECT count(*), count(DISTINCT id), min(id), max(id), min(name) FROM '"
                            + directory.resolve("bucket/lake/t/*.parquet") + "'"))
                    .containsExactly(List.of(60_000L, 60_000L, 0L, 59_999L, "n0"));
        }
    }

    private void writeObjects() throws Exception {
        Files.createDirectories(directory.resolve("bucket/in"));
        for (int object = 0; object < OBJECTS; object++) {
            StringBuilder text = new StringBuilder();
            for (int row = 0; row < ROWS_PER_OBJECT; row++) {
                int id = object * ROWS_PER_OBJECT + row;
                text.append("{\"name\":\"n")
                        .append(id)
                        .append("\",\"id\":")
                        .append(id)
                        .append("}\n");
            }
            Path path = directory.resolve("bucket/in/" + object + ".json.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(path))) {
                out.write(text.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}
