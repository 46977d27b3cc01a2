package io.millrace.engine.differential;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Stores whose content outlives the topology that they are part of, as RocksDB's and the changelog's does. A test driver deletes its
 * state when it is closed, so with its own stores nothing could be restarted.
 */
final class RetainedStores {

    private final Map<String, NavigableMap<Bytes, byte[]>> contents = new HashMap<>();

    /** The supplier of the store with this name: another store over the same content each time. */
    KeyValueBytesStoreSupplier keyValue(String storeName) {
        NavigableMap<Bytes, byte[]> content = contents.computeIfAbsent(storeName, name -> new TreeMap<>());
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return storeName;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new Store(storeName, content);
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    /** One life of a store. */
    private static final class Store implements KeyValueStore<Bytes, byte[]> {

        private final String name;
        private final NavigableMap<Bytes, byte[]> content;
        private boolean isOpen;

        Store(String name, NavigableMap<Bytes, byte[]> content) {
            this.name = name;
            this.content = content;
        }

        @Override
        public Position getPosition() {
            return Position.emptyPosition();
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void init(StateStoreContext context, StateStore root) {
            context.register(root, (key, value) -> put(Bytes.wrap(key), value));
            isOpen = true;
        }

        @Override
        public void close() {
            isOpen = false;
        }

        @Override
        public boolean persistent() {
            return false;
        }

        @Override
        public boolean isOpen() {
            return isOpen;
        }

        @Override
        public void put(Bytes key, byte[] value) {
            if (value == null) {
                content.remove(key);
            } else {
                content.put(key, value);
            }
        }

        @Override
        public byte[] putIfAbsent(Bytes key, byte[] value) {
            byte[] there = content.get(key);
            if (there == null) {
                put(key, value);
            }
            return there;
        }

        @Override
        public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
            entries.forEach(entry -> put(entry.key, entry.value));
        }

        @Override
        public byte[] delete(Bytes key) {
            return content.remove(key);
        }

        @Override
        public byte[] get(Bytes key) {
            return content.get(key);
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
            return new Entries(between(from, to));
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> reverseRange(Bytes from, Bytes to) {
            return new Entries(between(from, to).descendingMap());
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> all() {
            return new Entries(content);
        }

        @Override
        public KeyValueIterator<Bytes, byte[]> reverseAll() {
            return new Entries(content.descendingMap());
        }

        @Override
        public <S extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, S serializer) {
            Bytes from = Bytes.wrap(serializer.serialize(null, prefix));
            NavigableMap<Bytes, byte[]> tail = content.tailMap(from, true);
            NavigableMap<Bytes, byte[]> found = new TreeMap<>();
            for (Map.Entry<Bytes, byte[]> entry : tail.entrySet()) {
                if (!startsWith(entry.getKey().get(), from.get())) {
                    break;
                }
                found.put(entry.getKey(), entry.getValue());
            }
            return new Entries(found);
        }

        @Override
        public long approximateNumEntries() {
            return content.size();
        }

        /** Both ends belong to it; null is no end. */
        private NavigableMap<Bytes, byte[]> between(Bytes from, Bytes to) {
            if (from != null && to != null && from.compareTo(to) > 0) {
                return new TreeMap<>();
            }
            NavigableMap<Bytes, byte[]> above = from == null ? content : content.tailMap(from, true);
            return to == null ? above : above.headMap(to, true);
        }

        private static boolean startsWith(byte[] key, byte[] prefix) {
            if (key.length < prefix.length) {
                return false;
            }
            for (int i = 0; i < prefix.length; i++) {
                if (key[i] != prefix[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Iterates over what was there when it was made, as RocksDB's iterators do, so that one may delete on the way. */
    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {

        private final Iterator<Map.Entry<Bytes, byte[]>> entries;
        private Map.Entry<Bytes, byte[]> next;

        Entries(NavigableMap<Bytes, byte[]> map) {
            entries = List.copyOf(map.entrySet().stream()
                            .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                            .toList())
                    .iterator();
            advance();
        }

        private void advance() {
            next = entries.hasNext() ? entries.next() : null;
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Bytes peekNextKey() {
            if (next == null) {
                throw new java.util.NoSuchElementException();
            }
            return next.getKey();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = new KeyValue<>(peekNextKey(), next.getValue());
            advance();
            return entry;
        }

        @Override
        public void close() {
            // Nothing is held open.
        }
    }
}
