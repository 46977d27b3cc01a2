package io.millrace.engine.row;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some columns of a row. */
record PickedRow(Row row, List<Integer> columns) implements Row {

    @Override
    public int size() {
        return columns.size();
    }

    @Override
    public @Nullable Object get(int column) {
        return row.get(columns.get(column));
    }
}
