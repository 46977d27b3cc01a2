package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import org.jspecify.annotations.Nullable;

/** Puts each row into its windows: adds {@code window_start}, {@code window_end} and {@code window_time} behind its columns. */
public final class WindowAssigner {

    private WindowAssigner() {}

    /**
     * Rows once for each window that they are in.
     *
     * @param timeColumn the column of their time
     * @param windows the windows, in the column's own unit
     */
    public static OperatorFactory of(int timeColumn, Windows windows, OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            return Operator.stateless(downstream, change -> {
                Long before =
                        change.before() == null ? null : (Long) change.before().get(timeColumn);
                Long after =
                        change.after() == null ? null : (Long) change.after().get(timeColumn);
                if (before != null && after != null && before.equals(after)) {
                    windows.forEach(
                            after,
                            (start, end) -> Calculation.pass(
                                    downstream,
                                    change,
                                    windowed(change.before(), start, end, windows.tick()),
                                    windowed(change.after(), start, end, windows.tick())));
                    return;
                }
                if (before != null) {
                    windows.forEach(
                            before,
                            (start, end) -> Calculation.pass(
                                    downstream, change, windowed(change.before(), start, end, windows.tick()), null));
                }
                if (after != null) {
                    windows.forEach(
                            after,
                            (start, end) -> Calculation.pass(
                                    downstream, change, null, windowed(change.after(), start, end, windows.tick())));
                }
            });
        };
    }

    private static @Nullable Row windowed(@Nullable Row row, long start, long end, long tick) {
        return row == null ? null : row.with(start, end, end - tick);
    }
}
