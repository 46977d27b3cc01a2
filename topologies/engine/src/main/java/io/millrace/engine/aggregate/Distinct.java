package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import org.jspecify.annotations.Nullable;

/** Passes on the first row that has some values, and takes it away with the last one. */
record Distinct(OrderedKey values, FunctionState inner) implements FunctionState {

    @Override
    public void change(Row row, Bag bag, int delta) {
        long count = bag.change(values.write(row), delta);
        if (count == (delta > 0 ? 1 : 0)) {
            inner.change(row, bag, delta);
        }
    }

    @Override
    public @Nullable Object result(Bag bag) {
        return inner.result(bag);
    }

    @Override
    public void write(BytesWriter out) {
        inner.write(out);
    }

    @Override
    public void read(BytesReader in) {
        inner.read(in);
    }
}
