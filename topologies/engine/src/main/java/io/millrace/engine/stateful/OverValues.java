package io.millrace.engine.stateful;

import io.millrace.engine.aggregate.Aggregates;
import io.millrace.engine.aggregate.GroupState;
import io.millrace.engine.physical.Node;
import io.millrace.engine.physical.OverFunction;
import io.millrace.engine.row.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The values of functions OVER the rows of a partition, of which those are known that event time has passed. */
public final class OverValues {

    private final Node.Over over;
    private final List<Aggregates> aggregates;

    /** @param aggregates for each function, its aggregate alone; empty ones for LAG, LEAD and ROW_NUMBER */
    OverValues(Node.Over over, List<Aggregates> aggregates) {
        this.over = over;
        this.aggregates = aggregates;
    }

    /**
     * A row of a partition that event time has passed.
     *
     * @param isGone whether it has gone on
     */
    record Known(Bytes key, long time, Row row, boolean isGone) {}

    /** How many rows behind a row must be known, before it goes on. */
    int ahead() {
        return over.functions().stream()
                .filter(function -> kind(function) == SqlKind.LEAD)
                .mapToInt(OverFunction::offset)
                .max()
                .orElse(0);
    }

    /** Whether a function is not an aggregate. */
    public static boolean isPositional(OverFunction function) {
        return switch (kind(function)) {
            case LAG, LEAD, ROW_NUMBER -> true;
            default -> false;
        };
    }

    private static SqlKind kind(OverFunction function) {
        return function.call().getAggregation().getKind();
    }

    /** The values of the functions at a row, which is the next of its partition to go on. */
    Row of(List<Known> known, int at, Running running) {
        running.rowCount++;
        @Nullable Object[] values = new Object[over.functions().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(known, at, i, running);
        }
        return Row.of(values);
    }

    private @Nullable Object value(List<Known> known, int at, int number, Running running) {
        OverFunction function = over.functions().get(number);
        Row row = known.get(at).row();
        return switch (kind(function)) {
            case ROW_NUMBER -> running.rowCount;
            case LAG -> shifted(known, at - function.offset(), function, row);
            case LEAD -> shifted(known, at + function.offset(), function, row);
            default -> function.preceding() < 0 ? running(known, at, number, running) : framed(known, at, number);
        };
    }

    private static @Nullable Object shifted(List<Known> known, int place, OverFunction function, Row row) {
        if (place >= 0 && place < known.size()) {
            return known.get(place).row().get(function.call().getArgList().get(0));
        }
        return function.defaultColumn() < 0 ? null : row.get(function.defaultColumn());
    }

    /** All rows so far; by RANGE those of the same time too, which come behind. */
    private @Nullable Object running(List<Known> known, int at, int number, Running running) {
        OverFunction function = over.functions().get(number);
        GroupState state = running.states.get(number);
        Aggregates aggregate = aggregates.get(number);
        if (function.isRows()) {
            aggregate.add(state, NO_VALUES, known.get(at).row());
        } else if (at == 0 || known.get(at - 1).time() != known.get(at).time()) {
            for (int i = at;
                    i < known.size() && known.get(i).time() == known.get(at).time();
                    i++) {
                aggregate.add(state, NO_VALUES, known.get(i).row());
            }
        }
        return aggregate.results(state, NO_VALUES).get(0);
    }

    private @Nullable Object framed(List<Known> known, int at, int number) {
        OverFunction function = over.functions().get(number);
        Aggregates aggregate = aggregates.get(number);
        GroupState state = aggregate.newState();
        long time = known.get(at).time();
        for (int i = at; i >= 0; i--) {
            boolean isIn = function.isRows()
                    ? at - i <= function.preceding()
                    : time - known.get(i).time() <= function.preceding();
            if (!isIn) {
                break;
            }
            aggregate.add(state, NO_VALUES, known.get(i).row());
        }
        for (int i = at + 1;
                !function.isRows() && i < known.size() && known.get(i).time() == time;
                i++) {
            aggregate.add(state, NO_VALUES, known.get(i).row());
        }
        return aggregate.results(state, NO_VALUES).get(0);
    }

    /** Functions that keep their values elsewhere are refused when the step is compiled. */
    private static final StoredValues NO_VALUES = new StoredValues(null);

    /** What a partition has come to. */
    final class Running {
        private long rowCount;
        private final List<GroupState> states = new ArrayList<>();

        byte[] write() {
            byte[] written = ByteBuffer.allocate(Long.BYTES).putLong(rowCount).array();
            for (int i = 0; i < states.size(); i++) {
                written = StoreKeys.concat(
                        written, StoreKeys.delimited(aggregates.get(i).write(states.get(i))));
            }
            return written;
        }
    }

    /** What a partition had come to when this was written; at its beginning where nothing was. */
    Running running(byte @Nullable [] written) {
        Running running = new Running();
        ByteBuffer bytes = written == null ? null : ByteBuffer.wrap(written);
        running.rowCount = bytes == null ? 0 : bytes.getLong();
        for (Aggregates aggregate : aggregates) {
            if (bytes == null) {
                running.states.add(aggregate.newState());
            } else {
                byte[] state = new byte[bytes.getInt()];
                bytes.get(state);
                running.states.add(aggregate.read(state));
            }
        }
        return running;
    }

    /**
     * The first of the known rows that is still looked back at.
     *
     * @param gone how many have gone on
     * @param reached how far event time has come, in the unit of the rows' time
     */
    int firstKept(List<Known> known, int gone, long reached) {
        return over.functions().stream()
                .mapToInt(function -> firstKept(known, gone, reached, function))
                .min()
                .orElse(gone);
    }

    private static int firstKept(List<Known> known, int gone, long reached, OverFunction function) {
        if (kind(function) == SqlKind.LAG) {
            return Math.max(0, gone - function.offset());
        }
        if (isPositional(function) || gone == 0) {
            return gone;
        }
        if (function.preceding() < 0) {
            // By RANGE the rows of the last time are looked at once more, to know that they have been added.
            return function.isRows() ? gone : Math.max(0, gone - 1);
        }
        if (function.isRows()) {
            return Math.max(0, Math.toIntExact(Math.max(0, gone - function.preceding())));
        }
        int first = gone;
        while (first > 0 && reached - known.get(first - 1).time() <= function.preceding()) {
            first--;
        }
        return first;
    }
}
