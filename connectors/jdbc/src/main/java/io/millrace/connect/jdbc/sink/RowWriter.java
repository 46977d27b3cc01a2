package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Fault;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Writes records in one transaction, with the offsets behind them. When the database refuses a row, everything is written once more,
 * in halves of halves, until what it refuses is a row alone.
 */
final class RowWriter {

    private final SinkDialect dialect;
    private final TablePlans plans;
    private final OffsetGate gate;
    private final RejectedRecords rejected;
    private final BatchOrder order;

    RowWriter(SinkDialect dialect, TablePlans plans, OffsetGate gate, RejectedRecords rejected, BatchOrder order) {
        this.dialect = dialect;
        this.plans = plans;
        this.gate = gate;
        this.rejected = rejected;
        this.order = order;
    }

    /**
     * Writes all of the records, apart from those that are reported as wrong.
     *
     * @throws ConnectException when nothing was written
     */
    void write(Connection connection, List<SinkRecord> records) throws SQLException {
        rejected.clear();
        List<RowWrite> rows = rows(connection, records);
        Transaction transaction = Transaction.begin(connection);
        try {
            gate.save(connection);
            for (List<RowWrite> ofTable : order.byTable(rows)) {
                load(transaction, ofTable);
            }
            rejected.report();
            connection.commit();
        } catch (SQLException e) {
            if (dialect.database().fault(e) != Fault.DATA) {
                throw e;
            }
            connection.rollback();
            writeApart(Transaction.begin(connection), rows);
        }
        connection.setAutoCommit(true);
        gate.saved();
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

    private void writeApart(Transaction transaction, List<RowWrite> rows) throws SQLException {
        gate.save(transaction.connection());
        for (String statement : dialect.checkAtOnce()) {
            transaction.execute(statement);
        }
        for (List<RowWrite> ofTable : order.byTable(rows)) {
            writeApart(transaction, ofTable, 0, ofTable.size());
        }
        rejected.report();
        transaction.connection().commit();
    }

    /** In the order in which the records came, so that the ones that fail are the ones that would have failed alone. */
    private void writeApart(Transaction transaction, List<RowWrite> rows, int from, int to) throws SQLException {
        Connection connection = transaction.connection();
        Savepoint before = connection.setSavepoint();
        try {
            load(transaction, rows.subList(from, to));
            connection.releaseSavepoint(before);
            return;
        } catch (SQLException e) {
            if (dialect.database().fault(e) != Fault.DATA) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (to - from == 1) {
                RowWrite row = rows.get(from);
                rejected.add(row.record(), "table " + row.plan().table() + ": " + Fault.message(e), e);
                return;
            }
        }
        int middle = (from + to) >>> 1;
        writeApart(transaction, rows, from, middle);
        writeApart(transaction, rows, middle, to);
    }
}
