package io.millrace.engine.row;

import org.jspecify.annotations.Nullable;

/**
 * Two rows side by side.
 *
 * @param width how many columns the left one has
 */
record JoinedRow(Row left, Row right, int width) implements Row {

    @Override
    public int size() {
        return width + right.size();
    }

    @Override
    public @Nullable Object get(int column) {
        return column < width ? left.get(column) : right.get(column - width);
    }
}
