package io.millrace.engine.stateful;

import io.millrace.engine.row.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The values of a row that are a key. */
final class KeyValues {

    private KeyValues() {}

    /** The values of some columns; what SQL calls equal is made the same. */
    static Row pick(Row row, List<Integer> columns) {
        @Nullable Object[] picked = new Object[columns.size()];
        for (int i = 0; i < picked.length; i++) {
            picked[i] = canonical(row.get(columns.get(i)));
        }
        return Row.of(picked);
    }

    /** There are two zeros and many ways not to be a number, each one value to SQL. */
    private static @Nullable Object canonical(@Nullable Object value) {
        if (value instanceof Double number) {
            return number == 0 ? (Object) 0.0 : number.isNaN() ? (Object) Double.NaN : number;
        }
        if (value instanceof Float number) {
            return number == 0 ? (Object) 0.0f : number.isNaN() ? (Object) Float.NaN : number;
        }
        return value;
    }
}
