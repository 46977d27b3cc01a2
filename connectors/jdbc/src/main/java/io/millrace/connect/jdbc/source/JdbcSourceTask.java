package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.common.RunProgress;
import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.Fault;
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

/** Does one task's part of the work of a {@link io.millrace.connect.jdbc.JdbcSourceConnector}. */
public final class JdbcSourceTask extends SourceTask {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSourceTask.class);
    /** How long a poll without rows takes at most: a worker that stops waits for it. */
    private static final long LONGEST_REST_MS = 1000;

    private static final long ACKNOWLEDGEMENT_REST_MS = 50;
    private static final String EXACTLY_ONCE = "exactly.once.support";

    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Reading reading;

    @Override
    public void start(Map<String, String> props) {
        JdbcSourceConfig config = JdbcSourceConfig.of(props);
        RunProgress progress = new RunProgress(
                config.connector(),
                config.options().runId(),
                Integer.parseInt(props.getOrDefault(Assignment.TASK, "0")),
                Integer.parseInt(props.getOrDefault(Assignment.TASKS, "1")),
                Assignment.digest(props));
        progress.restore(context.offsetStorageReader());
        Database database = new Database(config.connection(), config.isolation());
        boolean isExactlyOnce = "required".equals(props.get(EXACTLY_ONCE));
        List<TableReader> tables = new ArrayList<>();
        for (Assignment assignment : Assignment.read(props)) {
            JdbcSourceConfig own = assignment.table() == null ? config : JdbcSourceConfig.of(props, assignment.table());
            tables.add(new TableReader(own, assignment, database, context.offsetStorageReader(), isExactlyOnce));
        }
        reading = new Reading(config, progress, database, tables);
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
            current.ahead.close();
            current.database.close();
            // A connection that was just being made is closed too.
            current.ahead.awaitEnd(LONGEST_REST_MS);
            current.database.close();
        }
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }

    /** One reader and when it is to be asked next. */
    private static final class Turn {
        private final TableReader table;
        private long notBefore = System.nanoTime();
        private boolean isAllRead;
        private boolean hasChanged;

        Turn(TableReader table) {
            this.table = table;
        }

        void rest(long milliseconds) {
            notBefore = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        }
    }

    /** What there is between a task's start and its stop. */
    private final class Reading {
        private final JdbcSourceConfig config;
        private final SourceOptions options;
        private final RunProgress progress;
        private final Database database;
        private final ReadAhead ahead;
        private final List<Turn> turns;
        private int next;

        Reading(JdbcSourceConfig config, RunProgress progress, Database database, List<TableReader> tables) {
            this.config = config;
            this.options = config.options();
            this.progress = progress;
            this.database = database;
            this.ahead = new ReadAhead(config.connector());
            this.turns = tables.stream().map(Turn::new).toList();
        }

        @Nullable
        List<SourceRecord> poll() throws InterruptedException {
            if (options.runsOnce() && (progress.hasEnded() || turns.stream().allMatch(turn -> turn.isAllRead))) {
                return end();
            }
            Turn turn = turn();
            if (turn == null) {
                rest(LONGEST_REST_MS);
                return null;
            }
            long wait = turn.notBefore - System.nanoTime();
            if (wait > 0) {
                rest(TimeUnit.NANOSECONDS.toMillis(wait) + 1);
                return null;
            }
            ReadAhead.Page page = read(turn);
            RowReader reader = page == null ? null : page.reader();
            if (page == null || reader == null) {
                return null;
            }
            List<SourceRecord> records = new ArrayList<>(page.rows().size());
            SourceRecords made = SourceRecords.of(turn.table, reader.shape(), progress);
            for (ReadRow row : page.rows()) {
                SourceRecord record = made.of(row);
                if (record != null) {
                    records.add(record);
                }
            }
            return records.isEmpty() ? null : records;
        }

        /** Whose turn is next or soonest: one after the other, unless rows of one are being read already. */
        private @Nullable Turn turn() {
            TableReader begun = ahead.ahead();
            Turn soonest = null;
            for (int i = 0; i < turns.size(); i++) {
                Turn turn = turns.get((next + i) % turns.size());
                if (turn.table == begun) {
                    return turn;
                }
                boolean isLeft = !turn.isAllRead && !turn.table.isDone();
                if (isLeft && (soonest == null || turn.notBefore - soonest.notBefore < 0)) {
                    soonest = turn;
                }
            }
            next = soonest == null ? next : (turns.indexOf(soonest) + 1) % turns.size();
            return soonest;
        }

        /** Rows; null when there are none because the table has changed or is gone. */
        private ReadAhead.@Nullable Page read(Turn turn) throws InterruptedException {
            try {
                ReadAhead.Page page = ahead.next(turn.table);
                database.answered();
                turn.hasChanged = false;
                turn.rest(page.isAtEnd() ? turn.table.config().pollIntervalMs() : page.restMs());
                turn.isAllRead = page.isAtEnd() && options.runsOnce();
                return page;
            } catch (SQLException e) {
                turns.forEach(one -> one.table.disconnected());
                if (database.dialect().isOfAnotherShape(e) && !turn.hasChanged) {
                    LOG.info("Table {} has changed: {}", turn.table.config().sourceName(), Fault.message(e));
                    turn.hasChanged = true;
                    database.close();
                    return null;
                }
                ConnectException failure = database.failure(
                        "reading "
                                + (config.query().isEmpty()
                                        ? "table '" + turn.table.config().table() + "'"
                                        : "the query"),
                        e);
                if (failure instanceof RetriableException) {
                    turns.forEach(one -> one.rest(database.waitMs()));
                }
                throw failure;
            } catch (NoSuchTableException e) {
                if (config.isOneRelation()) {
                    throw e;
                }
                LOG.warn("{}; the others are read on", e.getMessage());
                turn.rest(config.tablesIntervalMs());
                turn.isAllRead = options.runsOnce();
                return null;
            }
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

        private void rest(long milliseconds) throws InterruptedException {
            stopping.await(Math.min(milliseconds, LONGEST_REST_MS), TimeUnit.MILLISECONDS);
        }
    }
}
