package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.DeadLetters;
import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.common.RunProgress;
import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.JdbcSourceConnector;
import io.millrace.connect.jdbc.database.Database;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a table for a {@link JdbcSourceConnector}. */
public final class JdbcSourceTask extends SourceTask {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSourceTask.class);
    /** How long a poll without rows takes at most: a worker that stops waits for it. */
    private static final long LONGEST_REST_MS = 1000;

    private static final long ACKNOWLEDGEMENT_REST_MS = 50;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Reading reading;

    @Override
    public void start(Map<String, String> props) {
        JdbcSourceConfig config = JdbcSourceConfig.of(props);
        RunProgress progress =
                new RunProgress(config.connector(), config.options().runId(), 0, 1);
        progress.restore(context.offsetStorageReader());
        Map<String, String> partition = partition(config);
        Database database = new Database(config.connection());
        TableReader table =
                new TableReader(config, database, context.offsetStorageReader().offset(partition));
        reading = new Reading(config, partition, progress, database, table);
    }

    /** A run of mode once reads a table from its beginning; else, and by an incrementing column, reading goes on. */
    private static Map<String, String> partition(JdbcSourceConfig config) {
        return config.options().runsOnce() && !config.isIncrementing()
                ? Map.of("table", config.tableText(), "run", config.options().runId())
                : Map.of("table", config.tableText());
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        Reading current = reading;
        return current == null ? null : current.poll();
    }

    @Override
    public void commitRecord(SourceRecord record, @Nullable RecordMetadata metadata) {
        Reading current = reading;
        if (current != null) {
            current.progress.acknowledged();
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        Reading current = reading;
        if (current != null) {
            current.database.close();
        }
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }

    /** What there is between a task's start and its stop. */
    private final class Reading {
        private final JdbcSourceConfig config;
        private final SourceOptions options;
        private final Map<String, String> partition;
        private final RunProgress progress;
        private final Database database;
        private final TableReader table;
        private long notBefore = System.nanoTime();
        private boolean isAllRead;

        Reading(
                JdbcSourceConfig config,
                Map<String, String> partition,
                RunProgress progress,
                Database database,
                TableReader table) {
            this.config = config;
            this.options = config.options();
            this.partition = partition;
            this.progress = progress;
            this.database = database;
            this.table = table;
        }

        @Nullable
        List<SourceRecord> poll() throws InterruptedException {
            if (isAllRead || (options.runsOnce() && progress.hasEnded())) {
                return end();
            }
            long waitMs = TimeUnit.NANOSECONDS.toMillis(notBefore - System.nanoTime());
            if (waitMs > 0) {
                rest(waitMs);
                if (notBefore - System.nanoTime() > 0) {
                    return null;
                }
            }
            List<ReadRow> rows = read();
            if (rows.isEmpty()) {
                isAllRead = options.runsOnce();
                waitFor(config.pollIntervalMs());
                return null;
            }
            List<SourceRecord> records = new ArrayList<>(rows.size());
            for (ReadRow row : rows) {
                SourceRecord record = record(row);
                if (record != null) {
                    records.add(record);
                }
            }
            return records.isEmpty() ? null : records;
        }

        private List<ReadRow> read() {
            try {
                List<ReadRow> rows = table.next();
                database.answered();
                return rows;
            } catch (SQLException e) {
                table.disconnected();
                ConnectException failure = database.failure("reading table '" + config.table() + "'", e);
                if (failure instanceof RetriableException) {
                    waitFor(database.waitMs());
                }
                throw failure;
            }
        }

        private @Nullable SourceRecord record(ReadRow row) {
            if (row instanceof ReadRow.Good good) {
                progress.polledRow();
                var shape = table.rowReader().shape();
                return new SourceRecord(
                        partition,
                        good.offset(),
                        options.topic(),
                        null,
                        shape.key(),
                        shape.keyOf(good.value()),
                        shape.value(),
                        good.value());
            }
            ReadRow.Bad bad = (ReadRow.Bad) row;
            String origin = config.connection().place() + "/" + config.table() + "#" + bad.key();
            if (options.failsOnBadRecord()) {
                throw new ConnectException(
                        "The row " + origin + " cannot be read: "
                                + bad.error().getMessage()
                                + "; mend the row or the type in " + SourceOptions.COLUMNS + ", or set "
                                + SourceOptions.BAD_RECORD + "=skip",
                        bad.error());
            }
            DeadLetters letters = options.deadLetters();
            if (letters == null) {
                LOG.warn(
                        "The row {} cannot be read and is skipped: {}",
                        origin,
                        bad.error().getMessage());
                return null;
            }
            progress.polledDeadLetter();
            return letters.letter(
                    partition,
                    bad.offset(),
                    origin,
                    bad.text().getBytes(StandardCharsets.UTF_8),
                    String.valueOf(bad.error().getMessage()),
                    bad.error(),
                    Instant.now());
        }

        /** The end marker once everything is acknowledged; from then on nothing, slowly. */
        private @Nullable List<SourceRecord> end() throws InterruptedException {
            String endTopic = options.endTopic();
            SourceRecord end = endTopic == null ? null : progress.end(endTopic, Instant.now());
            if (end == null) {
                rest(progress.isAllAcknowledged() ? LONGEST_REST_MS : ACKNOWLEDGEMENT_REST_MS);
                return null;
            }
            return List.of(end);
        }

        private void waitFor(long milliseconds) {
            notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        }

        private void rest(long milliseconds) throws InterruptedException {
            stopping.await(Math.min(milliseconds, LONGEST_REST_MS), TimeUnit.MILLISECONDS);
        }
    }
}
