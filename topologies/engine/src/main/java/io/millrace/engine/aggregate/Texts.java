package io.millrace.engine.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * LISTAGG: the texts in the order of the keys, before each but the first the separator that came with it. The last columns of
 * the keys are the text and, when there is one, the separator.
 */
final class Texts extends KeptState {

    private static final String SEPARATOR = ",";

    private final boolean hasSeparator;
    private final boolean isDistinct;

    Texts(OrderedKey key, boolean hasSeparator, boolean isDistinct) {
        super(key);
        this.hasSeparator = hasSeparator;
        this.isDistinct = isDistinct;
    }

    @Override
    public @Nullable Object result(Bag bag) {
        StringBuilder text = new StringBuilder();
        boolean[] isAny = new boolean[1];
        bag.forEach(key(), isDistinct, columns -> {
            Object separator = hasSeparator ? columns[columns.length - 1] : SEPARATOR;
            if (isAny[0] && separator != null) {
                text.append(separator);
            }
            isAny[0] = true;
            text.append(columns[columns.length - (hasSeparator ? 2 : 1)]);
        });
        return isAny[0] ? text.toString() : null;
    }
}
