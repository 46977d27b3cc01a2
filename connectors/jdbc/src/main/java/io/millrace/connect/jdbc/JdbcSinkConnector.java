package io.millrace.connect.jdbc;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.sink.JdbcSinkConfig;
import io.millrace.connect.jdbc.sink.JdbcSinkTask;
import io.millrace.connect.jdbc.sink.OffsetTable;
import io.millrace.connect.jdbc.sink.SinkDialect;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/**
 * Writes the records of topics to tables of a SQL database, a column per field.
 *
 * <p>The offset behind the last record written is kept in the database and written in the same transaction as the rows, so that a
 * record is written once, whatever fails. A topic that was deleted and made again is recognised by its beginning: it is read from
 * the start without being the log that was read before. It is not recognised when its first record has the offset, the timestamp
 * and the contents of the one before, and {@code run.id} is the same; then the connector's rows in {@code offsets.table} have to be
 * deleted, or its offsets reset through Connect's REST interface, which does that.
 */
public final class JdbcSinkConnector extends SinkConnector {

    private static final String TABLE = "table";

    private Map<String, String> properties = Map.of();

    @Override
    public void start(Map<String, String> props) {
        properties = new HashMap<>(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return JdbcSinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        // Nothing runs outside of the tasks.
    }

    @Override
    public ConfigDef config() {
        return JdbcSinkConfig.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        ConfigCheck check = new ConfigCheck(config);
        if (check.isSound()) {
            check.attempt(JdbcSinkConfig.KEY_MODE, () -> JdbcSinkConfig.of(connectorConfigs));
        }
        if (check.isSound()) {
            new LiveCheck(config).run(JdbcSinkConfig.of(connectorConfigs).connection(), TABLE, database -> {});
        }
        return config;
    }

    /** Forgets what is stored for these partitions: whoever sets offsets by hand means them. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<TopicPartition, Long> offsets) {
        JdbcSinkConfig config = JdbcSinkConfig.of(connectorConfig);
        if (config.offsets() == null) {
            return true;
        }
        try (Database database = new Database(config.connection())) {
            try {
                new OffsetTable(SinkDialect.of(database.dialect()), config.offsets(), config.connector())
                        .delete(database.connection(), offsets.keySet());
                return true;
            } catch (SQLException e) {
                throw database.failure("forgetting stored offsets", e);
            }
        }
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
