package io.millrace.connect.jdbc;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.common.SourceOptions;
import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.source.JdbcSourceConfig;
import io.millrace.connect.jdbc.source.JdbcSourceTask;
import io.millrace.connect.jdbc.source.SourceDefinition;
import io.millrace.connect.jdbc.source.SourceOffsets;
import io.millrace.connect.jdbc.source.TableWatch;
import io.millrace.connect.jdbc.source.WorkPlanner;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads tables, views or a query of a SQL database to topics. In mode {@code bulk} it reads all rows, once or again and again; in the
 * others those that are new, or new and changed, each once in whatever order their transactions commit.
 *
 * <p>After a stop reading goes on behind the last row when the rows have an order: that of {@code key.columns} when these are unique and
 * never null, else that of the table's primary key or of another unique key that is never null. A bulk read without any, as of a view,
 * begins again, and rows come twice.
 */
public final class JdbcSourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();
    private @Nullable TableWatch watch;

    @Override
    public void start(Map<String, String> props) {
        properties = new HashMap<>(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return JdbcSourceTask.class;
    }

    /** One table needs no look at the database while there is one task: then that is the task's own business. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        JdbcSourceConfig config = JdbcSourceConfig.of(properties);
        OffsetStorageReader offsets = context().offsetStorageReader();
        if (config.isOneRelation() && maxTasks == 1 && !WorkPlanner.isDivided(config, offsets)) {
            return List.of(properties);
        }
        try (Database database = new Database(config.connection())) {
            try {
                if (!config.isOneRelation()
                        && watch == null
                        && !config.options().runsOnce()) {
                    watch = new TableWatch(
                            config,
                            WorkPlanner.selected(config, database),
                            () -> context().requestTaskReconfiguration());
                }
                return new WorkPlanner(properties, database, offsets).plan(maxTasks);
            } catch (SQLException e) {
                throw database.failure("looking for what to read", e);
            }
        }
    }

    @Override
    public void stop() {
        TableWatch watching = watch;
        watch = null;
        if (watching != null) {
            watching.close();
        }
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
        if (check.isSound()) {
            JdbcSourceConfig source = JdbcSourceConfig.of(connectorConfigs);
            new LiveCheck(config)
                    .run(
                            source.connection(),
                            SourceDefinition.keyOf(source),
                            database -> WorkPlanner.requireReadable(connectorConfigs, database));
        }
        return config;
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    /** Takes offsets that a task can go on from; null ones, which forget, always. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        SourceOffsets.requireReadable(connectorConfig, offsets);
        return true;
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
