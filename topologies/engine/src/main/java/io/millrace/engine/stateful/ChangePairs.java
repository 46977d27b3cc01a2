package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.physical.Traits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Several rows that go and several that come, as changes: a row that takes the place of one with its key is one change. */
final class ChangePairs {

    private ChangePairs() {}

    /** The columns that tell rows apart; none when nothing does. */
    static List<Integer> key(Traits traits) {
        return traits.keys().isEmpty() ? List.of() : traits.keys().get(0).columns();
    }

    static void emit(
            Change cause,
            List<@Nullable Object[]> gone,
            List<@Nullable Object[]> come,
            List<Integer> key,
            Operator downstream) {
        List<@Nullable Object[]> left = new ArrayList<>(come);
        List<Change> replaced = new ArrayList<>();
        for (@Nullable Object[] before : gone) {
            int place = partner(before, left, key, gone.size() == 1 && left.size() == 1);
            @Nullable Object[] after = place < 0 ? null : left.remove(place);
            Change change = cause.with(before, after);
            if (change == null) {
                continue;
            }
            if (after == null) {
                downstream.process(change);
            } else {
                replaced.add(change);
            }
        }
        replaced.forEach(downstream::process);
        for (@Nullable Object[] after : left) {
            downstream.process(Change.insert(cause.source(), cause.timestampMs(), after));
        }
    }

    /** The row that takes the place of another: the same row first, then one with its key, or the only one. */
    private static int partner(
            @Nullable Object[] before, List<@Nullable Object[]> come, List<Integer> key, boolean isOnly) {
        for (int i = 0; i < come.size(); i++) {
            if (Arrays.deepEquals(before, come.get(i))) {
                return i;
            }
        }
        for (int i = 0; i < come.size() && !key.isEmpty(); i++) {
            if (Arrays.deepEquals(KeyValues.pick(before, key), KeyValues.pick(come.get(i), key))) {
                return i;
            }
        }
        return isOnly ? 0 : -1;
    }
}
