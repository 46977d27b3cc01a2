package io.millrace.engine.row;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row, by column, in the internal form that this package tells of. Operators and the code of expressions see a row by this
 * alone, so that what is behind it need be no array: two rows side by side, some columns of another, or bytes of which a value is made when
 * it is asked for. A row does not change.
 */
public interface Row {

    /** A row without columns. */
    Row EMPTY = of();

    /** How many columns it has. */
    int size();

    /** The value of a column, from 0; null where it has none. */
    @Nullable
    Object get(int column);

    /** The row of these values, which the caller leaves as they are. */
    static Row of(@Nullable Object... values) {
        return new ArrayRow(values);
    }

    /** A row whose columns are all null. */
    static Row nulls(int size) {
        return new NullRow(size);
    }

    /** The columns of two rows, side by side. */
    static Row joined(Row left, Row right) {
        return new JoinedRow(left, right, left.size());
    }

    /** The row with values behind its own. */
    default Row with(@Nullable Object... added) {
        return joined(this, of(added));
    }

    /** Some columns of the row, in the order that is given. */
    default Row pick(List<Integer> columns) {
        return new PickedRow(this, columns);
    }

    /** Its values in an array of the caller's own. */
    default @Nullable Object[] toArray() {
        @Nullable Object[] values = new Object[size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = get(i);
        }
        return values;
    }

    /** Whether one of these columns is null. */
    default boolean hasNull(List<Integer> columns) {
        for (int column : columns) {
            if (get(column) == null) {
                return true;
            }
        }
        return false;
    }

    /** Whether two rows are the same to the last value; two that are not there are. */
    static boolean isSame(@Nullable Row left, @Nullable Row right) {
        if (left == null || right == null || left.size() != right.size()) {
            return left == right;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!Objects.deepEquals(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }
}
