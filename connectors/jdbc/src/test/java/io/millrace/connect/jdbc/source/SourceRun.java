package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.JdbcSourceConnector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;

/** Drives source tasks as a worker does, and keeps their offsets from one task to the next. */
public final class SourceRun {

    public final List<SourceRecord> records = new ArrayList<>();
    /** How often a connector has asked to be planned anew. */
    public final AtomicInteger reconfigurations = new AtomicInteger();

    private final Map<String, String> config;
    private final Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();

    public SourceRun(Map<String, String> config) {
        this.config = config;
    }

    public SourceRun with(String key, String value) {
        config.put(key, value);
        return this;
    }

    public JdbcSourceTask start() {
        return start(config);
    }

    private JdbcSourceTask start(Map<String, String> taskConfig) {
        JdbcSourceTask task = new JdbcSourceTask();
        task.initialize(new Context());
        task.start(taskConfig);
        return task;
    }

    /** A connector that is started. */
    public JdbcSourceConnector connector() {
        JdbcSourceConnector connector = new JdbcSourceConnector();
        connector.initialize(new ConnectorContext());
        connector.start(config);
        return connector;
    }

    /** The tasks that a connector makes, at most {@code most}. */
    public List<JdbcSourceTask> startAll(int most) {
        JdbcSourceConnector connector = connector();
        List<JdbcSourceTask> tasks =
                connector.taskConfigs(most).stream().map(this::start).toList();
        connector.stop();
        return tasks;
    }

    /** Polls until a poll gives nothing, at most {@code most} records, and acknowledges each; true when there was nothing more. */
    public boolean poll(JdbcSourceTask task, int most) {
        int before = records.size();
        try {
            while (true) {
                List<SourceRecord> polled = task.poll();
                if (polled == null) {
                    return true;
                }
                for (SourceRecord record : polled) {
                    if (records.size() - before == most) {
                        return false;
                    }
                    acknowledge(task, record);
                }
                if (records.size() - before == most) {
                    return false;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void acknowledge(JdbcSourceTask task, SourceRecord record) {
        records.add(record);
        offsets.put(record.sourcePartition(), record.sourceOffset());
        task.commitRecord(record, null);
    }

    /** Reads with one task up to a poll that gives nothing; errors that can be retried are. */
    public SourceRun read() {
        JdbcSourceTask task = start();
        try {
            poll(task, Integer.MAX_VALUE);
        } finally {
            task.stop();
        }
        return this;
    }

    /** Reads with one task until it has given as many records in all, through outages, for twenty seconds at most. */
    public SourceRun readUntil(JdbcSourceTask task, int count) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (records.size() < count && System.nanoTime() < deadline) {
            try {
                poll(task, Integer.MAX_VALUE);
            } catch (RetriableException e) {
                // As a worker does: again
            }
        }
        return this;
    }

    /** Reads with a task that is stopped after each record until there is none left. */
    public SourceRun readWithStops() {
        boolean isOver = false;
        while (!isOver) {
            JdbcSourceTask task = start();
            isOver = poll(task, 1);
            task.stop();
        }
        return this;
    }

    /** One field of all records that are rows. */
    public List<Object> values(String field) {
        return records.stream()
                .filter(record -> record.topic().equals("t"))
                .map(record -> ((Struct) record.value()).get(field))
                .toList();
    }

    public List<SourceRecord> of(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    private final class Context implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            return config;
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                @SuppressWarnings("unchecked")
                public <T> Map<String, Object> offset(Map<String, T> partition) {
                    return (Map<String, Object>) offsets.get(partition);
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    Map<Map<String, T>, Map<String, Object>> found = new HashMap<>();
                    partitions.forEach(partition -> found.put(partition, offset(partition)));
                    return found;
                }
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }
    }

    private final class ConnectorContext implements SourceConnectorContext {
        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new Context().offsetStorageReader();
        }

        @Override
        public void requestTaskReconfiguration() {
            reconfigurations.incrementAndGet();
        }

        @Override
        public void raiseError(Exception e) {
            throw new IllegalStateException(e);
        }

        @Override
        public PluginMetrics pluginMetrics() {
            throw new UnsupportedOperationException();
        }
    }
}
