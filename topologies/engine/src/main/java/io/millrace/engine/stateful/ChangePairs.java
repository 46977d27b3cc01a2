package io.millrace.engine.stateful;

import io.millrace.engine.operator.Change;
import io.millrace.engine.operator.Operator;
import io.millrace.engine.physical.Traits;
import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.List;

/** Several rows that go and several that come, as changes: a row that takes the place of one with its key is one change. */
final class ChangePairs {

    private ChangePairs() {}

    /** The columns that tell rows apart; none when nothing does. */
    static List<Integer> key(Traits traits) {
        return traits.keys().isEmpty() ? List.of() : traits.keys().get(0).columns();
    }

    static void emit(Change cause, List<Row> gone, List<Row> come, List<Integer> key, Operator downstream) {
        List<Row> left = new ArrayList<>(come);
        List<Change> replaced = new ArrayList<>();
        for (Row before : gone) {
            int place = partner(before, left, key, gone.size() == 1 && left.size() == 1);
            Row after = place < 0 ? null : left.remove(place);
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
        for (Row after : left) {
            downstream.process(Change.insert(cause.source(), cause.timestampMs(), after));
        }
    }

    /** The row that takes the place of another: the same row first, then one with its key, or the only one. */
    private static int partner(Row before, List<Row> come, List<Integer> key, boolean isOnly) {
        for (int i = 0; i < come.size(); i++) {
            if (Row.isSame(before, come.get(i))) {
                return i;
            }
        }
        for (int i = 0; i < come.size() && !key.isEmpty(); i++) {
            if (Row.isSame(KeyValues.pick(before, key), KeyValues.pick(come.get(i), key))) {
                return i;
            }
        }
        return isOnly ? 0 : -1;
    }
}
