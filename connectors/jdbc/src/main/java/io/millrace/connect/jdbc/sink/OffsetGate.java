package io.millrace.connect.jdbc.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets each record through once. For a partition that is new to the task it compares the first record with what is stored; when the
 * partition has to go on elsewhere, the consumer is told to seek there and what it has given so far is dropped. From then on no
 * record below the stored offset can come, unless the log does not reach up to it: then it is another log, and all of it is new. A
 * partition that is new to the task is taken over: the task that had it before cannot write any more.
 */
final class OffsetGate {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetGate.class);
    private final @Nullable OffsetTable table;
    private final String run;
    private final Map<TopicPartition, StoredOffset> known = new HashMap<>();
    private Map<TopicPartition, StoredOffset> stored = new HashMap<>();
    private boolean isRead;

    /** A gate on what this table stores; one that lets everything through when it is null. */
    OffsetGate(@Nullable OffsetTable table, String run) {
        this.table = table;
        this.run = run;
    }

    /** Where the consumer has to seek to. */
    interface Seeks {
        void seek(TopicPartition partition, long offset);
    }

    /** Where to read what is stored. */
    interface Source {
        Connection connection() throws SQLException;
    }

    /** Whether these records are held against what is stored. */
    boolean hasToRead(List<SinkRecord> records) {
        return table != null
                && (!isRead || records.stream().anyMatch(record -> !known.containsKey(Delivery.partitionOf(record))));
    }

    /** The records among these that are to be written; from here on they count as passed. */
    Delivery pass(Source source, List<SinkRecord> records, Seeks seeks) throws SQLException {
        if (table == null) {
            return new Delivery(List.copyOf(records), Map.of());
        }
        Map<TopicPartition, List<SinkRecord>> byPartition = new LinkedHashMap<>();
        for (SinkRecord record : records) {
            byPartition
                    .computeIfAbsent(Delivery.partitionOf(record), partition -> new ArrayList<>())
                    .add(record);
        }
        if (!isRead) {
            stored = table.read(source.connection());
            isRead = true;
        }
        List<TopicPartition> taken = byPartition.keySet().stream()
                .filter(partition -> !known.containsKey(partition) && stored.containsKey(partition))
                .sorted(Delivery.ORDER)
                .toList();
        if (!taken.isEmpty()) {
            stored.putAll(table.takeOver(source.connection(), taken));
        }
        Map<TopicPartition, OffsetChange> changes = new TreeMap<>(Delivery.ORDER);
        byPartition.forEach((partition, ofPartition) -> {
            OffsetChange change = change(partition, ofPartition, seeks);
            if (change != null) {
                changes.put(partition, change);
                known.put(partition, change.after());
            }
        });
        List<SinkRecord> passed = records.stream()
                .filter(record -> changes.containsKey(Delivery.partitionOf(record)))
                .toList();
        return new Delivery(passed, changes);
    }

    /** What writing these records changes; null when they are not to be written. */
    private @Nullable OffsetChange change(TopicPartition partition, List<SinkRecord> records, Seeks seeks) {
        SinkRecord first = records.get(0);
        long next = records.get(records.size() - 1).originalKafkaOffset() + 1;
        StoredOffset checked = known.get(partition);
        StoredOffset before = checked == null ? stored.get(partition) : checked;
        if (before == null) {
            return new OffsetChange(null, StoredOffset.begin(first, next, run, 1));
        }
        StoredOffset.Continuation continuation;
        if (checked == null) {
            continuation = before.continuation(first, run);
        } else {
            continuation = first.originalKafkaOffset() < before.next()
                    ? StoredOffset.Continuation.ANEW
                    : StoredOffset.Continuation.HERE;
        }
        return switch (continuation) {
            case HERE -> new OffsetChange(before, before.upTo(next));
            case AT_NEXT -> {
                LOG.info(
                        "{} comes from offset {}, but is written up to {}: going on there",
                        partition,
                        first.originalKafkaOffset(),
                        before.next());
                known.put(partition, before);
                seeks.seek(partition, before.next());
                yield null;
            }
            case ANEW -> {
                LOG.warn(
                        "{} was written up to offset {}, but begins anew at {}: it is another log than before",
                        partition,
                        before.next(),
                        first.originalKafkaOffset());
                yield new OffsetChange(before, StoredOffset.begin(first, next, run, before.generation()));
            }
        };
    }

    /** Stores up to where the records are written, in the transaction that writes them. */
    void save(Connection connection, Delivery delivery) throws SQLException {
        if (table != null) {
            for (Map.Entry<TopicPartition, OffsetChange> change :
                    delivery.offsets().entrySet()) {
                table.save(
                        connection,
                        change.getKey(),
                        change.getValue().before(),
                        change.getValue().after());
            }
        }
    }

    /** Forgets everything: what is stored is read again, since it may have changed. */
    void forget() {
        known.clear();
        stored = new HashMap<>();
        isRead = false;
    }
}
