package io.millrace.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a write comes to: records for the log, none when everything is as asked already, and the answer once they are there.
 *
 * @param <T> the answer
 */
record Change<T>(List<Entry> entries, T result) {

    /** A record; without a value it deletes what the key stands for. */
    record Entry(RecordKey key, @Nullable ObjectNode value) {

        static Entry of(StoredSchema schema) {
            return new Entry(schema.key(), RecordFormat.value(schema));
        }

        static Entry removal(RecordKey key) {
            return new Entry(key, null);
        }
    }

    Change {
        entries = List.copyOf(entries);
    }

    static <T> Change<T> none(T result) {
        return new Change<>(List.of(), result);
    }
}
