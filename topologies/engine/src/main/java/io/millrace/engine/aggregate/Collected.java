package io.millrace.engine.aggregate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ARRAY_AGG, ARRAY_CONCAT_AGG and COLLECT: the last columns of the keys, in the order of the keys. */
final class Collected extends KeptState {

    enum Shape {
        /** An array of the values, null of no rows. */
        ARRAY,
        /** One array of all the arrays, null of no rows. */
        FLAT,
        /** A multiset of the values. */
        MULTISET
    }

    private final Shape shape;
    private final boolean isDistinct;

    Collected(OrderedKey key, Shape shape, boolean isDistinct) {
        super(key);
        this.shape = shape;
        this.isDistinct = isDistinct;
    }

    @Override
    public @Nullable Object result(Bag bag) {
        List<@Nullable Object> all = new ArrayList<>();
        boolean[] isAny = new boolean[1];
        bag.forEach(key(), isDistinct, columns -> {
            isAny[0] = true;
            Object value = columns[columns.length - 1];
            if (shape == Shape.FLAT && value instanceof List<?> elements) {
                all.addAll(elements);
            } else {
                all.add(value);
            }
        });
        return isAny[0] || shape == Shape.MULTISET ? all : null;
    }
}
