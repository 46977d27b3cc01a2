package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records in one transaction, with the offsets behind them. When the database refuses a row, everything is written once more,
 * in halves of halves, until what it refuses is a row alone.
 */
final class RowWriter {

    private static final Logger LOG = LoggerFactory.getLogger(RowWriter.class);

    /** How often a transaction is begun that others wait for in a circle. */
    private static final int ATTEMPTS = 5;

    private final SinkDialect dialect;
    private final TablePlans plans;
    private final OffsetGate gate;
    private final RejectedRecords rejected;
    private final BatchOrder order;
    private final SinkMetrics metrics;

    RowWriter(
            SinkDialect dialect,
            TablePlans plans,
            OffsetGate gate,
            RejectedRecords rejected,
            BatchOrder order,
            SinkMetrics metrics) {
        this.dialect = dialect;
        this.plans = plans;
        this.gate = gate;
        this.rejected = rejected;
        this.order = order;
        this.metrics = metrics;
    }

    /**
     * Writes all of the records, apart from those that are reported as wrong.
     *
     * @throws ConnectException when nothing was written
     */
    void write(Connection connection, Delivery delivery) throws SQLException {
        rejected.clear();
        connection.setAutoCommit(true);
        List<RowWrite> rows = rows(connection, delivery.records());
        int unfit = rejected.size();
        for (int attempt = 1; ; attempt++) {
            try {
                rejected.cut(unfit);
                writeOnce(connection, delivery, rows);
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !dialect.isDeadlock(e)) {
                    throw e;
                }
                LOG.info("A transaction was ended for others to go on; it is repeated", e);
                connection.rollback();
                order.byTable(rows)
                        .forEach(
                                ofTable -> metrics.retried(ofTable.get(0).plan().table()));
            }
        }
    }

    private void writeOnce(Connection connection, Delivery delivery, List<RowWrite> rows) throws SQLException {
        List<Written> written = new ArrayList<>();
        Transaction transaction = Transaction.begin(connection);
        try {
            gate.save(connection, delivery);
            for (List<RowWrite> ofTable : order.byTable(rows)) {
                long startNanos = System.nanoTime();
                load(transaction, ofTable);
                written.add(Written.since(startNanos, ofTable, 0));
            }
            rejected.report();
            connection.commit();
        } catch (SQLException e) {
            if (dialect.database().fault(e) != Fault.DATA) {
                throw e;
            }
            connection.rollback();
            written.clear();
            writeApart(Transaction.begin(connection), delivery, rows, written);
        }
        connection.setAutoCommit(true);
        written.forEach(one -> one.tell(metrics));
    }

    private record Written(List<RowWrite> rows, int rejected, long tookMs) {

        static Written since(long startNanos, List<RowWrite> rows, int rejected) {
            return new Written(rows, rejected, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos));
        }

        void tell(SinkMetrics metrics) {
            RowWrite last = rows.get(rows.size() - 1);
            Long timestamp = last.record().timestamp();
            long lagMs = timestamp == null ? 0 : System.currentTimeMillis() - timestamp;
            metrics.batch(last.plan().table(), rows.size() - rejected, rejected, tookMs, lagMs);
        }
    }

    private List<RowWrite> rows(Connection connection, List<SinkRecord> records) throws SQLException {
        List<RowWrite> rows = new ArrayList<>(records.size());
        for (SinkRecord record : records) {
            try {
                Optional<TablePlan> plan = plans.of(connection, record);
                if (plan.isPresent()) {
                    rows.add(RowWrite.of(record, plan.get()));
                }
            } catch (BadRecordException e) {
                rejected.add(record, String.valueOf(e.getMessage()), e);
            }
        }
        return rows;
    }

    private void load(Transaction transaction, List<RowWrite> rows) throws SQLException {
        for (List<RowWrite> batch : order.batches(rows)) {
            TablePlan plan = batch.get(0).plan();
            plan.load().load(transaction, batch);
            for (ChildPlan child : plan.children()) {
                child.load(transaction, batch);
            }
        }
    }

    private void writeApart(Transaction transaction, Delivery delivery, List<RowWrite> rows, List<Written> written)
            throws SQLException {
        gate.save(transaction.connection(), delivery);
        for (String statement : dialect.checkAtOnce()) {
            transaction.execute(statement);
        }
        for (List<RowWrite> ofTable : order.byTable(rows)) {
            long startNanos = System.nanoTime();
            int before = rejected.size();
            writeApart(transaction, ofTable);
            written.add(Written.since(startNanos, ofTable, rejected.size() - before));
        }
        rejected.report();
        transaction.connection().commit();
    }

    /** In the order in which the records came, so that the ones that fail are the ones that would have failed alone. */
    private void writeApart(Transaction transaction, List<RowWrite> rows) throws SQLException {
        Connection connection = transaction.connection();
        Savepoint before = connection.setSavepoint();
        try {
            load(transaction, rows);
            connection.releaseSavepoint(before);
            return;
        } catch (SQLException e) {
            if (dialect.database().fault(e) != Fault.DATA) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (rows.size() == 1) {
                RowWrite row = rows.get(0);
                rejected.add(row.record(), "table " + row.plan().table() + ": " + Fault.message(e), e);
                return;
            }
        }
        int middle = rows.size() / 2;
        writeApart(transaction, rows.subList(0, middle));
        writeApart(transaction, rows.subList(middle, rows.size()));
    }
}
