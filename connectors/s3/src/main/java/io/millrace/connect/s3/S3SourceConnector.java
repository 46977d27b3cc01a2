package io.millrace.connect.s3;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.common.SourceOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Reads rows from the objects of an S3 bucket: lines of JSON or CSV, packed with gzip or not. */
public final class S3SourceConnector extends SourceConnector {

    private Map<String, String> properties = Map.of();

    @Override
    public void start(Map<String, String> configuration) {
        S3SourceOptions.of(configuration);
        properties = Map.copyOf(configuration);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return S3SourceTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int i = 0; i < maxTasks; i++) {
            Map<String, String> task = new HashMap<>(properties);
            task.put(S3SourceOptions.TASK, Integer.toString(i));
            task.put(S3SourceOptions.TASKS, Integer.toString(maxTasks));
            tasks.add(task);
        }
        return tasks;
    }

    @Override
    public void stop() {
        // Only tasks hold anything open.
    }

    @Override
    public ConfigDef config() {
        return S3SourceOptions.CONFIG;
    }

    @Override
    public Config validate(Map<String, String> configuration) {
        return Validation.together(
                super.validate(configuration), configuration, S3SourceOptions::of, SourceOptions.COLUMNS);
    }

    /** Offsets name the line behind each record, so that records and offsets written together are enough. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> configuration) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
