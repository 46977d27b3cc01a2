package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Fault;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes records in one transaction, with the offsets behind them: in batches, and when the database refuses one of the rows, once
 * more one by one, to find which.
 */
final class RowWriter {

    private final JdbcSinkConfig config;
    private final SinkDialect dialect;
    private final TablePlans plans;
    private final OffsetGate gate;
    private final @Nullable ErrantRecordReporter reporter;

    RowWriter(
            JdbcSinkConfig config,
            SinkDialect dialect,
            TablePlans plans,
            OffsetGate gate,
            @Nullable ErrantRecordReporter reporter) {
        this.config = config;
        this.dialect = dialect;
        this.plans = plans;
        this.gate = gate;
        this.reporter = reporter;
    }

    private record Rejected(SinkRecord record, ConnectException reason) {}

    /**
     * Writes all of the records, apart from those that are reported as wrong.
     *
     * @throws ConnectException when nothing was written
     */
    void write(Connection connection, List<SinkRecord> records) throws SQLException {
        List<Rejected> rejected = new ArrayList<>();
        List<RowWrite> writes = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            try {
                Optional<TablePlan> plan = plans.of(connection, record);
                if (plan.isPresent()) {
                    writes.add(RowWrite.of(record, plan.get()));
                }
            } catch (BadRecordException e) {
                reject(rejected, record, String.valueOf(e.getMessage()), e);
            }
        }
        connection.setAutoCommit(false);
        try {
            gate.save(connection);
            writeBatches(connection, latest(writes));
            report(rejected);
            connection.commit();
        } catch (SQLException e) {
            if (dialect.database().fault(e) != Fault.DATA) {
                throw e;
            }
            connection.rollback();
            gate.save(connection);
            writeOneByOne(connection, writes, rejected);
            report(rejected);
            connection.commit();
        }
        connection.setAutoCommit(true);
        gate.saved();
    }

    /** Of the records of one row the last: one statement of many rows cannot replace a row twice, and need not. */
    private Collection<RowWrite> latest(List<RowWrite> writes) {
        if (config.mode() != SinkMode.UPSERT) {
            return writes;
        }
        Map<List<Object>, RowWrite> latest = new LinkedHashMap<>();
        for (RowWrite write : writes) {
            latest.remove(write.key());
            latest.put(write.key(), write);
        }
        return latest.values();
    }

    private void writeBatches(Connection connection, Collection<RowWrite> writes) throws SQLException {
        List<RowWrite> batch = new ArrayList<>();
        for (RowWrite write : writes) {
            boolean isSame = batch.isEmpty()
                    || batch.get(0).plan().sql().equals(write.plan().sql());
            if (!isSame || batch.size() == config.batchSize()) {
                writeBatch(connection, batch);
                batch.clear();
            }
            batch.add(write);
        }
        if (!batch.isEmpty()) {
            writeBatch(connection, batch);
        }
    }

    private void writeBatch(Connection connection, List<RowWrite> batch) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(batch.get(0).plan().sql())) {
            for (RowWrite write : batch) {
                write.plan().bind(statement, write.values(), dialect);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** In the order in which the records came, so that the ones that fail are the ones that would have failed alone. */
    private void writeOneByOne(Connection connection, List<RowWrite> writes, List<Rejected> rejected)
            throws SQLException {
        for (RowWrite write : writes) {
            Savepoint before = connection.setSavepoint();
            try {
                writeBatch(connection, List.of(write));
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                if (dialect.database().fault(e) != Fault.DATA) {
                    throw e;
                }
                connection.rollback(before);
                reject(rejected, write.record(), "table " + write.plan().table() + ": " + Fault.message(e), e);
            }
        }
    }

    private void reject(List<Rejected> rejected, SinkRecord record, String why, Exception cause) {
        String message = "The record at " + BadRecordException.place(record) + " cannot be written: " + why;
        if (reporter == null) {
            throw new ConnectException(
                    message + "; nothing was written. Mend the data or the table, or set errors.tolerance=all"
                            + " and errors.deadletterqueue.topic.name",
                    cause);
        }
        rejected.add(new Rejected(record, new ConnectException(message, cause)));
    }

    /** Hands the rejected records over, and waits until they are safe: only then may their offsets be stored. */
    private void report(List<Rejected> rejected) {
        if (reporter == null || rejected.isEmpty()) {
            return;
        }
        try {
            List<Future<Void>> reports = new ArrayList<>();
            for (Rejected one : rejected) {
                reports.add(report(reporter, one));
            }
            for (Future<Void> report : reports) {
                report.get();
            }
        } catch (ExecutionException e) {
            throw new RetriableException("Rejected records could not be handed over; nothing was written", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RetriableException("Interrupted while rejected records were handed over; nothing was written", e);
        }
    }

    /** Connect throws when it tolerates no errors, without a word on the record. */
    private static Future<Void> report(ErrantRecordReporter reporter, Rejected one) {
        try {
            return reporter.report(one.record(), one.reason());
        } catch (ConnectException e) {
            throw new ConnectException(one.reason().getMessage() + "; nothing was written", e);
        }
    }
}
