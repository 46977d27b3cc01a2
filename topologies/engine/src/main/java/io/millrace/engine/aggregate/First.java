package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The value of the row that comes first by a key, when no row is ever taken away: MIN and MAX, MIN_BY and MAX_BY, FIRST_VALUE
 * and LAST_VALUE differ in the key alone. The value is the last column of the key, so that it decides where the rest is equal.
 */
final class First implements FunctionState {

    private final OrderedKey key;
    private byte @Nullable [] first;

    First(OrderedKey key) {
        this.key = key;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        byte[] candidate = key.write(row);
        if (first == null || Arrays.compareUnsigned(candidate, first) < 0) {
            first = candidate;
        }
    }

    @Override
    public @Nullable Object result(Bag bag) {
        return first == null ? null : key.readLast(first);
    }

    @Override
    public void write(BytesWriter out) {
        out.writeByte(first == null ? 0 : 1);
        if (first != null) {
            out.writeSized(first);
        }
    }

    @Override
    public void read(BytesReader in) {
        first = in.readByte() == 0 ? null : in.readSized();
    }
}
