package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;

/** COUNT: how many rows. */
final class Count implements FunctionState {

    private long count;

    @Override
    public void change(Row row, Bag bag, int delta) {
        count += delta;
    }

    @Override
    public Object result(Bag bag) {
        return count;
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(count);
    }

    @Override
    public void read(BytesReader in) {
        count = in.readVarint();
    }
}
