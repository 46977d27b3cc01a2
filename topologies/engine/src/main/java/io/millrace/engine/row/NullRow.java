package io.millrace.engine.row;

import org.jspecify.annotations.Nullable;

/** A row whose columns are all null. */
record NullRow(int size) implements Row {

    @Override
    public @Nullable Object get(int column) {
        return null;
    }
}
