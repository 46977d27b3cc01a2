package io.millrace.registry;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;

/**
 * The bytes under which each key lies in the log.
 *
 * <p>Registries spell the same key differently: with {@code "subject":null} or without, in another order. Compaction takes
 * those for different keys, so that a deletion in our spelling would be compacted away one day and the record that it
 * deleted would be back. A deletion is therefore written in every spelling that is in the log.
 */
final class KeySpellings {

    private final Map<RecordKey, Set<Bytes>> spellings = new HashMap<>();

    void seen(RecordKey key, LogRecord record) {
        if (record.value() != null) {
            spellings.computeIfAbsent(key, absent -> new LinkedHashSet<>()).add(record.key());
        } else {
            spellings.computeIfPresent(
                    key, (present, known) -> known.remove(record.key()) && known.isEmpty() ? null : known);
        }
    }

    /** The records that make {@code entry} the only one of its key. */
    List<LogRecord> records(Change.Entry entry) {
        Bytes own = RecordFormat.key(entry.key());
        List<LogRecord> records = new ArrayList<>();
        for (Bytes spelling : spellings.getOrDefault(entry.key(), Set.of())) {
            if (!spelling.equals(own)) {
                records.add(new LogRecord(spelling, null));
            }
        }
        records.add(new LogRecord(own, entry.value() == null ? null : RecordFormat.bytes(entry.value())));
        return records;
    }
}
