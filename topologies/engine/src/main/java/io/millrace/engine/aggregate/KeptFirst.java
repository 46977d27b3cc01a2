package io.millrace.engine.aggregate;

import org.jspecify.annotations.Nullable;

/** {@link First} where rows are taken away again: the next one must be there. */
final class KeptFirst extends KeptState {

    KeptFirst(OrderedKey key) {
        super(key);
    }

    @Override
    public @Nullable Object result(Bag bag) {
        try (ValueStore.Entries entries = bag.entries()) {
            return entries.next() ? key().readLast(entries.key()) : null;
        }
    }
}
