package io.millrace.connect.jdbc.sink;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.jdbc.JdbcSinkConnector;
import io.millrace.connect.jdbc.database.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.apache.kafka.connect.sink.SinkTaskContext;
import org.jspecify.annotations.Nullable;

/** Writes records to tables for a {@link JdbcSinkConnector}. All that it is handed at once is one transaction. */
public final class JdbcSinkTask extends SinkTask {

    private @Nullable Writing writing;

    /** What there is between a task's start and its stop. */
    private record Writing(Database database, TablePlans plans, OffsetGate gate, RowWriter writer) {

        static Writing of(JdbcSinkConfig config, SinkTaskContext context) {
            Database database = new Database(config.connection());
            SinkDialect dialect = SinkDialect.of(database.dialect());
            OffsetGate gate = new OffsetGate(
                    config.offsets() == null ? null : new OffsetTable(dialect, config.offsets(), config.connector()),
                    config.run());
            TablePlans plans = new TablePlans(config, dialect);
            RowWriter writer = new RowWriter(
                    dialect,
                    plans,
                    gate,
                    new RejectedRecords(context.errantRecordReporter()),
                    new BatchOrder(config.batchSize()));
            return new Writing(database, plans, gate, writer);
        }

        /** After a failure nothing is known any more: what is written, what the tables are, whether the connection works. */
        void reset() {
            database.close();
            plans.forget();
            gate.forget();
        }
    }

    @Override
    public void start(Map<String, String> props) {
        writing = Writing.of(JdbcSinkConfig.of(props), context);
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        forgetOffsets();
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        forgetOffsets();
    }

    private void forgetOffsets() {
        if (writing != null) {
            writing.gate().forget();
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        Writing current = writing;
        if (current == null || records.isEmpty()) {
            return;
        }
        try {
            Connection connection = current.database().connection();
            List<SinkRecord> fresh = current.gate().pass(connection, records, context::offset);
            if (!fresh.isEmpty()) {
                current.writer().write(connection, fresh);
            }
            current.database().answered();
        } catch (SQLException e) {
            ConnectException failure = current.database().failure("writing records of topic " + topics(records), e);
            throw reset(current, failure);
        } catch (ConnectException e) {
            throw reset(current, e);
        }
    }

    private ConnectException reset(Writing current, ConnectException failure) {
        current.reset();
        if (failure instanceof RetriableException) {
            context.timeout(
                    failure instanceof TablePausedException
                            ? TablePausedException.WAIT_MS
                            : current.database().waitMs());
        }
        return failure;
    }

    private static String topics(Collection<SinkRecord> records) {
        return String.join(
                ", ",
                records.stream().map(SinkRecord::topic).distinct().sorted().toList());
    }

    @Override
    public void stop() {
        if (writing != null) {
            writing.database().close();
        }
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
