package io.millrace.connect.s3;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.s3.store.S3Options;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;

/** Writes topics to an S3 bucket as Parquet, every record exactly once. */
public final class S3SinkConnector extends SinkConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public void start(Map<String, String> configuration) {
        S3SinkOptions.of(configuration);
        properties = Map.copyOf(configuration);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return S3SinkTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return Collections.nCopies(maxTasks, properties);
    }

    @Override
    public void stop() {
        // Only tasks hold anything open.
    }

    @Override
    public ConfigDef config() {
        return S3SinkOptions.CONFIG;
    }

    @Override
    public Config validate(Map<String, String> configuration) {
        return Validation.together(
                super.validate(configuration), configuration, S3SinkOptions::of, S3Options.ACCESS_KEY_ID);
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
