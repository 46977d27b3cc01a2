package io.millrace.engine.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A row whose values are all there. */
final class ArrayRow implements Row {

    private final @Nullable Object[] values;

    ArrayRow(@Nullable Object[] values) {
        this.values = values;
    }

    @Override
    public int size() {
        return values.length;
    }

    @Override
    public @Nullable Object get(int column) {
        return values[column];
    }

    @Override
    public @Nullable Object[] toArray() {
        return values.clone();
    }

    @Override
    public String toString() {
        return Arrays.deepToString(values);
    }
}
