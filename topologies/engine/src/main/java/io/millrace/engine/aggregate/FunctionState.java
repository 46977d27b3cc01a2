package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import org.jspecify.annotations.Nullable;

/** What one function has come to in one group. Not thread-safe. */
interface FunctionState {

    /**
     * Adds a row ({@code delta} 1) or takes it away again (-1). The row is one that the function takes: its filter is true and
     * the columns that it cannot do without are not null. Nothing is thrown for a row of the input's type.
     */
    void change(Row row, Bag bag, int delta);

    /** @throws ArithmeticException when the result's type does not reach so far */
    @Nullable
    Object result(Bag bag);

    /** Writes what {@link #read} makes a new state the same by. */
    void write(BytesWriter out);

    void read(BytesReader in);
}
