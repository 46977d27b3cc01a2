package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import org.jspecify.annotations.Nullable;

/** SINGLE_VALUE, what a query in the place of a value gives: the only row's value, and an error when there are more. */
final class Single implements FunctionState {

    private final FunctionState value;
    private long count;

    Single(FunctionState value) {
        this.value = value;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        count += delta;
        value.change(row, bag, delta);
    }

    /** @throws IllegalStateException when there is more than one row */
    @Override
    public @Nullable Object result(Bag bag) {
        if (count > 1) {
            throw new IllegalStateException("A query in the place of a value gave " + count + " rows, not one");
        }
        return value.result(bag);
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(count);
        value.write(out);
    }

    @Override
    public void read(BytesReader in) {
        count = in.readVarint();
        value.read(in);
    }
}
