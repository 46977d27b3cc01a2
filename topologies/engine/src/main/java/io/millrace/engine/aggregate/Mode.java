package io.millrace.engine.aggregate;

import org.jspecify.annotations.Nullable;

/** MODE: the value that is there most often, of several the smallest. */
final class Mode extends KeptState {

    private final boolean isDistinct;

    Mode(OrderedKey key, boolean isDistinct) {
        super(key);
        this.isDistinct = isDistinct;
    }

    @Override
    public @Nullable Object result(Bag bag) {
        byte[] mode = null;
        long most = 0;
        try (ValueStore.Entries entries = bag.entries()) {
            while (entries.next() && !(isDistinct && mode != null)) {
                if (entries.count() > most) {
                    most = entries.count();
                    mode = entries.key();
                }
            }
        }
        return mode == null ? null : key().readLast(mode);
    }
}
