package io.millrace.engine.aggregate;

import io.millrace.engine.row.Row;
import java.util.List;
import java.util.function.Supplier;

/**
 * One compiled call.
 *
 * @param filter the column that must be true, or -1
 * @param required the columns without whose values a row does not count
 * @param keepsValues whether it keeps values in the {@link ValueStore}
 * @param states makes its state in a new group
 */
record Function(int filter, List<Integer> required, boolean keepsValues, Supplier<FunctionState> states) {

    boolean takes(Row row) {
        if (filter >= 0 && !Boolean.TRUE.equals(row.get(filter))) {
            return false;
        }
        for (int column : required) {
            if (row.get(column) == null) {
                return false;
            }
        }
        return true;
    }

    /** The same function over values of which each counts once. */
    Function distinct(OrderedKey values) {
        return new Function(filter, required, true, () -> new Distinct(values, states.get()));
    }
}
