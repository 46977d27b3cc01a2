package io.millrace.connect.s3;

import io.millrace.connect.common.PluginVersion;
import io.millrace.connect.s3.store.ObjectStore;
import io.millrace.connect.s3.store.S3ObjectStore;
import io.millrace.connect.s3.store.S3Options;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.sink.ErrantRecordReporter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects the records of each partition in a file and stores it when it is full or old enough. */
public final class S3SinkTask extends SinkTask {

    private static final Logger LOG = LoggerFactory.getLogger(S3SinkTask.class);

    private final Function<S3Options, ObjectStore> connect;
    private final Clock clock;
    private final Backoff backoff = new Backoff();
    private final Map<TopicPartition, PartitionWriter> writers = new HashMap<>();
    private @Nullable S3SinkOptions options;
    private @Nullable ObjectStore store;
    private boolean isRedelivery;

    /** For Connect. */
    public S3SinkTask() {
        this(S3ObjectStore::new, Clock.systemUTC());
    }

    S3SinkTask(Function<S3Options, ObjectStore> connect, Clock clock) {
        this.connect = connect;
        this.clock = clock;
    }

    @Override
    public void start(Map<String, String> properties) {
        S3SinkOptions read = S3SinkOptions.of(properties);
        options = read;
        store = connect.apply(read.s3());
    }

    @Override
    public void open(Collection<TopicPartition> partitions) {
        partitions.forEach(this::writer);
    }

    /**
     * Takes records; without any, only looks whether it is time to store a file.
     *
     * @throws RetriableException when S3 cannot be reached: the worker delivers the same records again
     * @throws DataException when a record cannot be written and nobody collects such records
     */
    @Override
    public void put(Collection<SinkRecord> records) {
        try {
            for (SinkRecord record : records) {
                put(record);
            }
            rotate();
        } catch (RetriableException e) {
            isRedelivery = true;
            context.timeout(backoff.failed(clock.instant()).toMillis());
            throw e;
        }
        isRedelivery = false;
        backoff.succeeded();
        askForTheNextCall();
    }

    private void put(SinkRecord record) {
        TopicPartition partition = new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
        try {
            writer(partition).put(record, isRedelivery, clock.millis());
        } catch (DataException e) {
            ErrantRecordReporter reporter = context.errantRecordReporter();
            if (reporter == null) {
                throw e;
            }
            // The worker itself waits for the report before it commits offsets.
            Future<Void> unused = reporter.report(record, e);
        }
    }

    private void rotate() {
        boolean hasStored = false;
        for (PartitionWriter writer : writers.values()) {
            hasStored |= writer.rotate(clock.millis());
        }
        if (hasStored) {
            context.requestCommit();
        }
    }

    /** Without this, the worker would wait for records as long as it likes, past the time of a rotation. */
    private void askForTheNextCall() {
        long due = writers.values().stream()
                .mapToLong(PartitionWriter::dueMs)
                .min()
                .orElse(Long.MAX_VALUE);
        if (due != Long.MAX_VALUE) {
            context.timeout(Math.max(1, due - clock.millis()));
        }
    }

    /** The offsets of stored records only: all others are read again after a crash. */
    @Override
    public Map<TopicPartition, OffsetAndMetadata> preCommit(Map<TopicPartition, OffsetAndMetadata> consumed) {
        try {
            rotate();
        } catch (RetriableException e) {
            LOG.warn("{}; offsets are committed up to what is stored", e.getMessage());
        }
        Map<TopicPartition, OffsetAndMetadata> stored = new HashMap<>();
        consumed.forEach((partition, offset) -> {
            PartitionWriter writer = writers.get(partition);
            if (writer != null) {
                stored.put(partition, new OffsetAndMetadata(writer.storedUpTo(offset.offset())));
            }
        });
        return stored;
    }

    @Override
    public void close(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionWriter writer = writers.remove(partition);
            if (writer != null) {
                writer.discard();
            }
        }
    }

    @Override
    public void stop() {
        writers.values().forEach(PartitionWriter::discard);
        writers.clear();
        if (store != null) {
            store.close();
        }
    }

    private PartitionWriter writer(TopicPartition partition) {
        S3SinkOptions asked = options;
        ObjectStore bucket = store;
        if (asked == null || bucket == null) {
            throw new IllegalStateException("the task has not been started");
        }
        return writers.computeIfAbsent(partition, key -> new PartitionWriter(key, bucket, asked));
    }

    @Override
    public String version() {
        return PluginVersion.of(getClass());
    }
}
