package io.millrace.engine.physical;

import io.millrace.engine.operator.Windows;
import io.millrace.engine.row.Row;
import org.jspecify.annotations.Nullable;

/**
 * When rows are complete: once event time has reached the value of a column plus a length.
 *
 * @param column the column
 * @param plus what is added to it, in its own unit
 * @param tick a millisecond in that unit
 * @param gridMs how far apart these times lie, milliseconds
 * @param phaseMs the first of them that is not negative
 */
public record Closing(int column, long plus, long tick, long gridMs, long phaseMs) {

    /** When the windows that a column is a bound of are complete; null where that cannot be told: a session's start says nothing of its end. */
    static @Nullable Closing of(Traits.WindowColumns columns, boolean isEnd) {
        Windows windows = columns.windows();
        if (!isEnd && windows.kind() == Windows.Kind.SESSION) {
            return null;
        }
        long gridMs = Math.max(1, windows.grid() / windows.tick());
        long phaseMs = Math.floorMod((windows.offset() + windows.size()) / windows.tick(), gridMs);
        return isEnd
                ? new Closing(columns.end(), 0, windows.tick(), gridMs, phaseMs)
                : new Closing(columns.start(), windows.size(), windows.tick(), gridMs, phaseMs);
    }

    /** Whether the column is the end itself, which is exact for windows of every shape. */
    boolean isByEnd() {
        return plus == 0;
    }

    /** The event time at which a row is complete, milliseconds since 1970. */
    public long atMs(Row row) {
        Object bound = row.get(column);
        return bound == null ? Long.MAX_VALUE : ((Long) bound + plus) / tick;
    }

    /** The last of these times that event time has reached. */
    public long reachedMs(long watermarkMs) {
        return watermarkMs == Long.MAX_VALUE || watermarkMs < 0
                ? watermarkMs
                : Math.floorDiv(watermarkMs - phaseMs, gridMs) * gridMs + phaseMs;
    }
}
