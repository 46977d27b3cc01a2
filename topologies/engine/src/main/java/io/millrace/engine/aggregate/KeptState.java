package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;

/** A function whose rows are all in its bag, under keys made of the columns it works with. */
abstract class KeptState implements FunctionState {

    private final OrderedKey key;

    KeptState(OrderedKey key) {
        this.key = key;
    }

    final OrderedKey key() {
        return key;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        bag.change(key.write(row), delta);
    }

    @Override
    public void write(BytesWriter out) {}

    @Override
    public void read(BytesReader in) {}
}
