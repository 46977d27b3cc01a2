package io.millrace.connect.jdbc.sink;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.jdbc.JdbcSinkConnector;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;

/** Writes records to tables for a {@link JdbcSinkConnector}. */
public final class JdbcSinkTask extends SinkTask {

    private @Nullable TaskWriting writing;

    @Override
    public void start(Map<String, String> props) {
        writing = new TaskWriting(JdbcSinkConfig.of(props), context);
        writing.start();
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        if (writing != null) {
            writing.reassign(List.of());
        }
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        if (writing != null) {
            writing.reassign(partitions);
        }
    }

    @Override
    public void put(Collection<SinkRecord> records) {
        if (writing != null) {
            writing.put(records);
        }
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> currentOffsets) {
        return writing == null ? currentOffsets : writing.written(currentOffsets);
    }

    @Override
    public void stop() {
        if (writing != null) {
            writing.close();
        }
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
