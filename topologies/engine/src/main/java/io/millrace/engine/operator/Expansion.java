package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a row for each grouping set. */
public final class Expansion {

    private Expansion() {}

    /**
     * Rows once for each set, with its number as the last column.
     *
     * @param nulled for each set, the columns that are not in it
     */
    public static OperatorFactory of(List<List<Integer>> nulled, OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            return Operator.stateless(downstream, change -> {
                for (int set = 0; set < nulled.size(); set++) {
                    Calculation.pass(
                            downstream,
                            change,
                            expanded(change.before(), nulled.get(set), set),
                            expanded(change.after(), nulled.get(set), set));
                }
            });
        };
    }

    private static @Nullable Row expanded(@Nullable Row row, List<Integer> nulled, int set) {
        if (row == null) {
            return null;
        }
        @Nullable Object[] expanded = row.toArray();
        nulled.forEach(column -> expanded[column] = null);
        return Row.of(expanded).with(set);
    }
}
