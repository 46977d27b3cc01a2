package io.millrace.engine.stateful;

import io.millrace.engine.row.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Rows in a store, as often as they are there: the row's bytes are the end of the key, so that a row is found by its content. Each has two
 * counts: how often it is there, and one of the operator's own. Counts may be less than nothing for a while, when a row is told to go before it
 * has come.
 */
final class RowBag {

    private final KeyValueStore<Bytes, byte[]> store;

    RowBag(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * A row that is in the bag.
     *
     * @param key its whole key in the store
     * @param rowOffset where in the key the row's bytes begin
     * @param count how often it is there
     * @param mark the operator's own count
     */
    record Entry(byte[] key, int rowOffset, long count, long mark) {

        Row row(RowCodec codec) {
            return codec.read(key, rowOffset);
        }
    }

    /** The entry of a row below a prefix; with counts of nothing when it is not there. */
    Entry get(byte[] prefix, byte[] row) {
        byte[] key = StoreKeys.concat(prefix, row);
        byte[] value = store.get(Bytes.wrap(key));
        if (value == null) {
            return new Entry(key, prefix.length, 0, 0);
        }
        ByteBuffer counts = ByteBuffer.wrap(value);
        return new Entry(key, prefix.length, counts.getLong(), counts.getLong());
    }

    /** Keeps an entry with new counts; one that is there no times is forgotten. */
    void put(Entry entry, long count, long mark) {
        if (count == 0) {
            store.delete(Bytes.wrap(entry.key()));
        } else {
            store.put(
                    Bytes.wrap(entry.key()),
                    ByteBuffer.allocate(2 * Long.BYTES)
                            .putLong(count)
                            .putLong(mark)
                            .array());
        }
    }

    /** The rows below a prefix, in the order of their bytes, at most so many; those that are there less than once are left out. */
    List<Entry> below(byte[] prefix, long limit) {
        return between(prefix, StoreKeys.behind(prefix), prefix.length, limit);
    }

    /** The first rows below a prefix, in the order of their bytes, as long as they are wanted. */
    List<Entry> belowWhile(byte[] prefix, Predicate<Entry> isWanted) {
        List<Entry> entries = new ArrayList<>();
        Bytes end = StoreKeys.behind(prefix);
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Bytes.wrap(prefix), end)) {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> next = range.next();
                ByteBuffer counts = ByteBuffer.wrap(next.value);
                Entry entry = new Entry(next.key.get(), prefix.length, counts.getLong(), counts.getLong());
                if ((end != null && next.key.compareTo(end) >= 0) || (entry.count() > 0 && !isWanted.test(entry))) {
                    break;
                }
                if (entry.count() > 0) {
                    entries.add(entry);
                }
            }
        }
        return entries;
    }

    /** The rows with keys from one up to before another. */
    List<Entry> between(byte[] from, @Nullable Bytes to, int rowOffset, long limit) {
        List<Entry> entries = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Bytes.wrap(from), to)) {
            while (range.hasNext() && entries.size() < limit) {
                KeyValue<Bytes, byte[]> next = range.next();
                if (to != null && next.key.compareTo(to) >= 0) {
                    break;
                }
                ByteBuffer counts = ByteBuffer.wrap(next.value);
                long count = counts.getLong();
                if (count > 0) {
                    entries.add(new Entry(next.key.get(), rowOffset, count, counts.getLong()));
                }
            }
        }
        return entries;
    }

    /** Forgets every row with a key before this one. */
    void clearBefore(Bytes end) {
        List<Bytes> gone = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(null, end)) {
            while (range.hasNext()) {
                Bytes key = range.next().key;
                if (key.compareTo(end) < 0) {
                    gone.add(key);
                }
            }
        }
        gone.forEach(store::delete);
    }
}
