package io.millrace.connect.jdbc.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
 * record below the stored offset can come, unless the log does not reach up to it: then it is another log, and all of it is new.
 */
final class OffsetGate {

    private static final Logger LOG = LoggerFactory.getLogger(OffsetGate.class);
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    private final @Nullable OffsetTable table;
    private final String run;
    private final Map<TopicPartition, StoredOffset> known = new HashMap<>();
    private Map<TopicPartition, StoredOffset> stored = Map.of();
    private boolean isRead;
    private Map<TopicPartition, Change> changes = Map.of();

    /** A gate on what this table stores; one that lets everything through when it is null. */
    OffsetGate(@Nullable OffsetTable table, String run) {
        this.table = table;
        this.run = run;
    }

    private record Change(@Nullable StoredOffset before, StoredOffset after) {}

    /** Where the consumer has to seek to. */
    interface Seeks {
        void seek(TopicPartition partition, long offset);
    }

    /** The records among these that are to be written. */
    List<SinkRecord> pass(Connection connection, Collection<SinkRecord> records, Seeks seeks) throws SQLException {
        if (table == null) {
            return List.copyOf(records);
        }
        Map<TopicPartition, List<SinkRecord>> byPartition = new LinkedHashMap<>();
        for (SinkRecord record : records) {
            byPartition
                    .computeIfAbsent(partitionOf(record), partition -> new ArrayList<>())
                    .add(record);
        }
        if (!isRead) {
            stored = table.read(connection);
            isRead = true;
        }
        Map<TopicPartition, Change> next = new TreeMap<>(ORDER);
        byPartition.forEach((partition, ofPartition) -> {
            Change change = change(partition, ofPartition, seeks);
            if (change != null) {
                next.put(partition, change);
            }
        });
        changes = next;
        return records.stream()
                .filter(record -> next.containsKey(partitionOf(record)))
                .toList();
    }

    /** What writing these records changes; null when they are not to be written. */
    private @Nullable Change change(TopicPartition partition, List<SinkRecord> records, Seeks seeks) {
        SinkRecord first = records.get(0);
        long next = records.get(records.size() - 1).originalKafkaOffset() + 1;
        StoredOffset checked = known.get(partition);
        StoredOffset before = checked == null ? stored.get(partition) : checked;
        if (before == null) {
            return new Change(null, StoredOffset.begin(first, next, run));
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
            case HERE -> new Change(before, before.upTo(next));
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
                yield new Change(before, StoredOffset.begin(first, next, run));
            }
        };
    }

    /** Stores up to where the records are written, in the transaction that writes them. */
    void save(Connection connection) throws SQLException {
        if (table != null) {
            for (Map.Entry<TopicPartition, Change> change : changes.entrySet()) {
                table.save(
                        connection,
                        change.getKey(),
                        change.getValue().before(),
                        change.getValue().after());
            }
        }
    }

    /** Tells that the transaction is committed. */
    void saved() {
        changes.forEach((partition, change) -> known.put(partition, change.after()));
        changes = Map.of();
    }

    /** Forgets everything: what is stored is read again, since it may have changed. */
    void forget() {
        known.clear();
        stored = Map.of();
        isRead = false;
        changes = Map.of();
    }

    private static TopicPartition partitionOf(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
}
