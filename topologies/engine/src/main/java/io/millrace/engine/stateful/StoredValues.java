package io.millrace.engine.stateful;

import io.millrace.engine.aggregate.ValueStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The values of the groups of an aggregate in a store: {@code group + function (1 byte) + key -> count (8 bytes) + payload}. Looks at one group at a
 * time. What changes is written at once and can be taken back until it is kept.
 */
final class StoredValues implements ValueStore {

    private final @Nullable KeyValueStore<Bytes, byte[]> store;
    private final Map<Bytes, byte @Nullable []> undo = new LinkedHashMap<>();
    private byte[] prefix = {};

    StoredValues(@Nullable KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** Looks at the group with this key. */
    void group(byte[] key) {
        prefix = StoreKeys.delimited(key);
        undo.clear();
    }

    void keep() {
        undo.clear();
    }

    /** Takes back what has changed since the group was looked at. */
    void forget() {
        undo.forEach((key, value) -> {
            if (value == null) {
                store().delete(key);
            } else {
                store().put(key, value);
            }
        });
        undo.clear();
    }

    private KeyValueStore<Bytes, byte[]> store() {
        return Objects.requireNonNull(store, "none of the functions keeps values");
    }

    private byte[] prefix(int function) {
        return StoreKeys.concat(prefix, new byte[] {(byte) function});
    }

    @Override
    public long change(int function, byte[] key, byte[] payload, long delta) {
        Bytes entry = Bytes.wrap(StoreKeys.concat(prefix(function), key));
        byte[] value = store().get(entry);
        undo.putIfAbsent(entry, value);
        long count = delta + (value == null ? 0 : ByteBuffer.wrap(value).getLong());
        if (count == 0) {
            store().delete(entry);
        } else {
            byte[] kept = value == null ? payload : Arrays.copyOfRange(value, Long.BYTES, value.length);
            store().put(entry, StoreKeys.of(count, kept));
        }
        return count;
    }

    @Override
    public Entries entries(int function, boolean isDescending) {
        byte[] from = prefix(function);
        Bytes to = StoreKeys.behind(from);
        KeyValueIterator<Bytes, byte[]> range =
                isDescending ? store().reverseRange(Bytes.wrap(from), to) : store().range(Bytes.wrap(from), to);
        return new Range(range, from);
    }

    @Override
    public void clear() {
        if (store == null) {
            return;
        }
        List<Bytes> gone = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range = store.range(Bytes.wrap(prefix), StoreKeys.behind(prefix))) {
            while (range.hasNext()) {
                Bytes key = range.next().key;
                if (StoreKeys.startsWith(key.get(), prefix)) {
                    gone.add(key);
                }
            }
        }
        gone.forEach(store::delete);
    }

    private static final class Range implements Entries {

        private final KeyValueIterator<Bytes, byte[]> range;
        private final byte[] prefix;
        private byte[] key = {};
        private byte[] value = {};

        Range(KeyValueIterator<Bytes, byte[]> range, byte[] prefix) {
            this.range = range;
            this.prefix = prefix;
        }

        @Override
        public boolean next() {
            while (range.hasNext()) {
                KeyValue<Bytes, byte[]> entry = range.next();
                if (StoreKeys.startsWith(entry.key.get(), prefix)) {
                    key = entry.key.get();
                    value = entry.value;
                    return true;
                }
            }
            return false;
        }

        @Override
        public byte[] key() {
            return Arrays.copyOfRange(key, prefix.length, key.length);
        }

        @Override
        public byte[] payload() {
            return Arrays.copyOfRange(value, Long.BYTES, value.length);
        }

        @Override
        public long count() {
            return ByteBuffer.wrap(value).getLong();
        }

        @Override
        public void close() {
            range.close();
        }
    }
}
