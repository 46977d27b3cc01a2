package io.millrace.engine.row;

import org.jspecify.annotations.Nullable;

/** Some columns of a row. */
final class PickedRow implements Row {

    private final Row row;
    private final int[] columns;

    PickedRow(Row row, int[] columns) {
        this.row = row;
        this.columns = columns;
    }

    @Override
    public int size() {
        return columns.length;
    }

    @Override
    public @Nullable Object get(int column) {
        return row.get(columns[column]);
    }
}
