package io.millrace.connect.jdbc;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.source.JdbcSourceConfig;
import io.millrace.connect.jdbc.source.JdbcSourceTask;
import io.millrace.connect.jdbc.source.SourceDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Reads a table or view of a SQL database to a topic, with one task. In mode {@code bulk} it reads all of it, once or again and
 * again; in mode {@code incrementing} what is new by a column that only grows.
 *
 * <p>After a stop a bulk read goes on behind the last row when the rows have an order: that of {@code key.columns} when these are
 * unique and never null, else that of the table's primary key or of another unique key that is never null. Without any, as for a
 * view, it begins again, and rows come twice.
 */
public final class JdbcSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public void start(Map<String, String> props) {
        properties = new HashMap<>(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return JdbcSourceTask.class;
    }

    /** One task, however many there may be: a table is one sequence of rows. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(properties);
    }

    @Override
    public void stop() {
        // Nothing runs outside of the task.
    }

    @Override
    public ConfigDef config() {
        return SourceDefinition.definition();
    }

    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        ConfigCheck check = new ConfigCheck(config);
        if (check.isSound()) {
            check.attempt(SourceOptions.KEY_COLUMNS, () -> JdbcSourceConfig.of(connectorConfigs));
        }
        return config;
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
