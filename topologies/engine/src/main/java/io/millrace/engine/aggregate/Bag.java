package io.millrace.engine.aggregate;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The values that one function keeps of one group. */
record Bag(ValueStore values, int function) {

    /** The key says all, so that nothing is left to be said beside it. */
    private static final byte[] NOTHING = new byte[0];

    long change(byte[] key, int delta) {
        return values.change(function, key, NOTHING, delta);
    }

    ValueStore.Entries entries() {
        return values.entries(function, false);
    }

    /** Every row of key columns in order, as often as it is there, or once. */
    void forEach(OrderedKey key, boolean isDistinct, Consumer<@Nullable Object[]> action) {
        try (ValueStore.Entries entries = entries()) {
            while (entries.next()) {
                @Nullable Object[] columns = key.read(entries.key());
                long times = isDistinct ? 1 : entries.count();
                for (long i = 0; i < times; i++) {
                    action.accept(columns);
                }
            }
        }
    }
}
