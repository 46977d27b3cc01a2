package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The values of one group in sorted maps. */
final class InMemoryValueStore implements ValueStore {

    private record Entry(byte[] key, byte[] payload, long count) {}

    private final Map<Integer, NavigableMap<byte[], Entry>> bags = new HashMap<>();

    boolean isEmpty() {
        return bags.values().stream().allMatch(Map::isEmpty);
    }

    @Override
    public long change(int function, byte[] key, byte[] payload, long delta) {
        NavigableMap<byte[], Entry> bag =
                bags.computeIfAbsent(function, index -> new TreeMap<>(Arrays::compareUnsigned));
        Entry before = bag.get(key);
        long count = (before == null ? 0 : before.count()) + delta;
        if (count < 0) {
            throw new IllegalStateException("More was taken away than was added");
        }
        if (count == 0) {
            bag.remove(key);
        } else {
            bag.put(key.clone(), new Entry(key.clone(), before == null ? payload : before.payload(), count));
        }
        return count;
    }

    @Override
    public Entries entries(int function, boolean isDescending) {
        NavigableMap<byte[], Entry> bag = bags.getOrDefault(function, new TreeMap<>(Arrays::compareUnsigned));
        Iterator<Entry> iterator = new ArrayList<>((isDescending ? bag.descendingMap() : bag).values()).iterator();
        return new Entries() {
            private Entry current;

            @Override
            public boolean next() {
                current = iterator.hasNext() ? iterator.next() : null;
                return current != null;
            }

            @Override
            public byte[] key() {
                return current.key();
            }

            @Override
            public byte[] payload() {
                return current.payload();
            }

            @Override
            public long count() {
                return current.count();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void clear() {
        bags.clear();
    }
}
