package io.millrace.connect.s3;

import io.millrace.connect.s3.store.ObjectStore;
import io.millrace.connect.s3.store.StoredObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one partition into objects, each named after its first offset.
 *
 * <p>Offsets are told to Kafka only after the object that holds their records is stored. After a crash in between, records come again
 * and the objects are written again under the same names. They may be cut at other places then, since files close by the clock too;
 * so that no record is left both in a new object and in an old one, a file also ends where an object stored before begins.
 */
final class PartitionWriter {

    private static final Logger LOG = LoggerFactory.getLogger(PartitionWriter.class);

    private final TopicPartition partition;
    private final String keyPrefix;
    private final ObjectStore store;
    private final S3SinkOptions options;
    private @Nullable PartitionBuffer buffer;

    /** The first offsets of objects that lie ahead; null until the first record says where ahead is. */
    private @Nullable Deque<Long> objectsAhead;

    private long nextOffset;
    private long emptyRecords;
    private boolean hasStored;

    PartitionWriter(TopicPartition partition, ObjectStore store, S3SinkOptions options) {
        this.partition = partition;
        this.keyPrefix = options.prefix() + partition.topic() + "/" + partition.partition() + "-";
        this.store = store;
        this.options = options;
    }

    /**
     * Takes one record.
     *
     * @param isRedelivery whether the record may have been taken before a fault
     * @throws org.apache.kafka.connect.errors.RetriableException when S3 cannot be reached; the same records may come again
     * @throws DataException when the record cannot be written; the ones before it stay
     */
    void put(SinkRecord record, boolean isRedelivery, long nowMs) {
        long offset = record.originalKafkaOffset();
        if (offset < nextOffset) {
            if (isRedelivery || (buffer != null && offset >= buffer.firstOffset())) {
                return;
            }
            LOG.warn(
                    "{} goes back from offset {} to {}: it is written again from there", partition, nextOffset, offset);
            discard();
            objectsAhead = null;
        }
        if (record.value() == null) {
            emptyRecords++;
            LOG.debug("{} offset {} has no value and is dropped, the {}. of its kind", partition, offset, emptyRecords);
        } else {
            try {
                write(record, offset, nowMs);
            } catch (DataException e) {
                // Where bad records are collected, the others behind it go on.
                nextOffset = offset + 1;
                throw e;
            }
        }
        nextOffset = offset + 1;
        if (buffer != null && buffer.isFull(options)) {
            store();
        }
    }

    private void write(SinkRecord record, long offset, long nowMs) {
        if (!(record.value() instanceof Struct row)) {
            Schema schema = record.valueSchema();
            throw new DataException(place(offset) + ": the value is "
                    + (schema == null ? "without a schema" : "a " + schema.type())
                    + ", but Parquet stores records with a schema: use a converter that knows it, as Avro's does");
        }
        Schema schema = row.schema();
        if (buffer != null && (buffer.isFinished() || !buffer.takes(schema) || isWhereAnObjectBegins(offset))) {
            store();
        }
        try {
            if (buffer == null) {
                passObjects(offset);
                buffer = new PartitionBuffer(schema, offset, nowMs, options);
            }
            buffer.write(row, nowMs);
        } catch (DataException e) {
            if (buffer != null && buffer.records() == 0) {
                discard();
            }
            throw new DataException(place(offset) + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new ConnectException(place(offset) + ": the temporary file cannot be written: " + e, e);
        }
    }

    private boolean isWhereAnObjectBegins(long offset) {
        return objectsAhead != null && !objectsAhead.isEmpty() && objectsAhead.peek() <= offset;
    }

    private void passObjects(long offset) {
        if (objectsAhead == null) {
            Deque<Long> ahead = new ArrayDeque<>();
            store.list(keyPrefix, key(offset), page -> addOffsets(page, ahead));
            if (!ahead.isEmpty()) {
                LOG.info(
                        "{} is written again from offset {}: there are {} objects ahead",
                        partition,
                        offset,
                        ahead.size());
            }
            objectsAhead = ahead;
        }
        while (isWhereAnObjectBegins(offset)) {
            objectsAhead.poll();
        }
    }

    private void addOffsets(List<StoredObject> page, Deque<Long> offsets) {
        for (StoredObject object : page) {
            String name = object.key().substring(keyPrefix.length());
            if (name.matches("\\d{20}\\.parquet")) {
                offsets.add(Long.parseLong(name.substring(0, 20)));
            }
        }
    }

    /** Stores the file if it is time, or if an attempt before has failed; returns whether something was stored since the last call. */
    boolean rotate(long nowMs) {
        if (buffer != null && (buffer.isFinished() || buffer.isFull(options) || buffer.dueMs(options) <= nowMs)) {
            store();
        }
        boolean before = hasStored;
        hasStored = false;
        return before;
    }

    /** When {@link #rotate} is next to be called; the greatest long when there is nothing to store. */
    long dueMs() {
        return buffer == null ? Long.MAX_VALUE : buffer.dueMs(options);
    }

    private void store() {
        PartitionBuffer full = buffer;
        if (full == null) {
            return;
        }
        String key = key(full.firstOffset());
        try {
            store.put(key, full.finish());
        } catch (IOException e) {
            throw new ConnectException(place(full.firstOffset()) + ": the temporary file cannot be written: " + e, e);
        }
        LOG.info("{} has {} records up to offset {}", key, full.records(), nextOffset - 1);
        hasStored = true;
        discard();
    }

    /**
     * The offset up to which everything is stored.
     *
     * @param consumed the offset behind the last record that was delivered
     */
    long storedUpTo(long consumed) {
        return buffer == null ? consumed : Math.min(consumed, buffer.firstOffset());
    }

    /** Throws away the file. Its records are read again, unless they are stored. */
    void discard() {
        if (buffer != null) {
            try {
                buffer.close();
            } catch (IOException | RuntimeException e) {
                LOG.debug("{}: a temporary file could not be removed", partition, e);
            }
            buffer = null;
        }
    }

    private String key(long offset) {
        return keyPrefix + String.format(Locale.ROOT, "%020d", offset) + ".parquet";
    }

    private String place(long offset) {
        return "topic " + partition.topic() + ", partition " + partition.partition() + ", offset " + offset;
    }
}
