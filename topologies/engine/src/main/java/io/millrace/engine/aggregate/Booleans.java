package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import org.jspecify.annotations.Nullable;

/** BOOL_AND and BOOL_OR, the least and the greatest of truth values: how many are true and how many false. */
final class Booleans implements FunctionState {

    private final int column;
    private final boolean isAnd;
    private long trues;
    private long falses;

    Booleans(int column, boolean isAnd) {
        this.column = column;
        this.isAnd = isAnd;
    }

    @Override
    public void change(Row row, Bag bag, int delta) {
        if (Boolean.TRUE.equals(row.get(column))) {
            trues += delta;
        } else {
            falses += delta;
        }
    }

    @Override
    public @Nullable Object result(Bag bag) {
        if (trues == 0 && falses == 0) {
            return null;
        }
        return isAnd ? falses == 0 : trues > 0;
    }

    @Override
    public void write(BytesWriter out) {
        out.writeVarint(trues);
        out.writeVarint(falses);
    }

    @Override
    public void read(BytesReader in) {
        trues = in.readVarint();
        falses = in.readVarint();
    }
}
