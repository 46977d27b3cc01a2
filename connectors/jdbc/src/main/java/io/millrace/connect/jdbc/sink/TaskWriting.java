package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTaskContext;

/**
 * What there is between a task's start and its stop. Records pass the gate on the worker's thread and are written in the background;
 * after a failure those that are not known to be written pass it again, with what comes next.
 */
final class TaskWriting implements AutoCloseable {

    private static final long SETTLE_MS = 20_000;
    private static final long LOOK_AGAIN_MS = 500;

    private final Database database;
    private final SinkDialect dialect;
    private final TablePlans plans;
    private final OffsetGate gate;
    private final SinkMetrics metrics;
    private final RowWriter rows;
    private final BackgroundWriter writer;
    private final SinkTaskContext context;
    private final List<SinkRecord> retained = new ArrayList<>();

    TaskWriting(JdbcSinkConfig config, SinkTaskContext context) {
        this.database = new Database(config.connection());
        this.dialect = SinkDialect.of(database.dialect());
        this.context = context;
        this.gate = new OffsetGate(
                config.offsets() == null ? null : new OffsetTable(dialect, config.offsets(), config.connector()),
                config.run());
        this.plans = new TablePlans(config, dialect);
        this.metrics = SinkMetrics.of(context);
        this.rows = new RowWriter(
                dialect,
                plans,
                gate,
                new RejectedRecords(context.errantRecordReporter()),
                new BatchOrder(config.batchSize()),
                metrics);
        this.writer = new BackgroundWriter(config.connector(), config.batchSize(), config.bufferBytes(), delivery -> {
            rows.write(database.connection(), delivery);
            database.answered();
        });
    }

    void start() {
        writer.start();
    }

    /**
     * Takes records in.
     *
     * @throws ConnectException when what was taken in before could not be written; retriable when it can be later
     */
    void put(Collection<SinkRecord> records) {
        throwFailure();
        Set<TopicPartition> sought = retry();
        List<SinkRecord> next = records.stream()
                .filter(record -> sought.isEmpty() || !sought.contains(Delivery.partitionOf(record)))
                .toList();
        if (!next.isEmpty()) {
            writer.add(pass(next, context::offset));
        }
        if (!writer.isIdle()) {
            context.timeout(LOOK_AGAIN_MS);
        }
    }

    private void throwFailure() {
        Exception failed = writer.failure();
        if (failed != null) {
            retained.addAll(writer.takeBack());
            throw failure(failed, retained);
        }
    }

    /** Writes what a failure has left before anything more is taken in; the partitions that have to be read again are given. */
    private Set<TopicPartition> retry() {
        Set<TopicPartition> sought = new HashSet<>();
        if (!retained.isEmpty()) {
            Delivery again = pass(retained, (partition, offset) -> {
                sought.add(partition);
                context.offset(partition, offset);
            });
            retained.clear();
            writer.add(again);
            writer.settle(SETTLE_MS);
            throwFailure();
        }
        return sought;
    }

    private Delivery pass(List<SinkRecord> records, OffsetGate.Seeks seeks) {
        if (gate.hasToRead(records) && !writer.settle(SETTLE_MS)) {
            throw new RetriableException("Earlier records are still being written");
        }
        try {
            return gate.pass(database::connection, records, seeks);
        } catch (SQLException | ConnectException e) {
            throw failure(e, records);
        }
    }

    /** The offsets up to which everything is written or reported. */
    Map<TopicPartition, OffsetAndMetadata> written(Map<TopicPartition, OffsetAndMetadata> current) {
        writer.settle(SETTLE_MS);
        Map<TopicPartition, OffsetAndMetadata> written = new HashMap<>(current);
        List<SinkRecord> outstanding = new ArrayList<>(retained);
        outstanding.addAll(writer.outstanding());
        for (int i = outstanding.size() - 1; i >= 0; i--) {
            SinkRecord record = outstanding.get(i);
            written.computeIfPresent(
                    Delivery.partitionOf(record),
                    (partition, offset) -> new OffsetAndMetadata(record.originalKafkaOffset()));
        }
        return written;
    }

    /** The partitions are somebody else's, or come from anew: what is known of offsets is read again. */
    void reassign(Collection<TopicPartition> gone) {
        writer.settle(SETTLE_MS);
        if (writer.failure() != null) {
            retained.addAll(writer.takeBack());
            reset();
        }
        retained.removeIf(record -> gone.contains(Delivery.partitionOf(record)));
        gate.forget();
    }

    /** What to throw for an error, after which nothing is known any more: what is written, what the tables are. */
    private ConnectException failure(Exception error, Collection<SinkRecord> records) {
        ConnectException failure;
        if (error instanceof SQLException sql) {
            ConnectException general = database.failure("writing records of topic " + topics(records), sql);
            failure = dialect.isForbidden(sql)
                    ? new RetriableException(general.getMessage() + "; the records wait until it is allowed", sql)
                    : general;
        } else {
            failure = error instanceof ConnectException known
                    ? known
                    : new ConnectException("Records could not be written", error);
        }
        reset();
        if (failure instanceof RetriableException) {
            context.timeout(failure instanceof TablePausedException ? TablePausedException.WAIT_MS : database.waitMs());
        }
        return failure;
    }

    private static String topics(Collection<SinkRecord> records) {
        return String.join(
                ", ",
                records.stream().map(SinkRecord::topic).distinct().sorted().toList());
    }

    private void reset() {
        database.close();
        plans.forget();
        gate.forget();
    }

    @Override
    public void close() {
        writer.close();
        metrics.close();
        database.close();
    }
}
