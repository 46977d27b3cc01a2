package io.millrace.engine.operator;

import org.jspecify.annotations.Nullable;

/** Puts each row into its tumbling window: adds {@code window_start} and {@code window_end} behind its columns. */
public final class Tumbling {

    private Tumbling() {}

    /**
     * Windows over the time in {@code timeColumn}, milliseconds since 1970.
     *
     * @param sizeMs how long a window is
     * @param offsetMs by how much windows begin after multiples of their size since 1970 UTC
     */
    public static OperatorFactory of(int timeColumn, long sizeMs, long offsetMs, OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            return (source, timestampMs, row) -> {
                Long time = (Long) row[timeColumn];
                if (time == null) {
                    return;
                }
                long start = time - Math.floorMod(time - offsetMs, sizeMs);
                @Nullable Object[] windowed = new Object[row.length + 2];
                System.arraycopy(row, 0, windowed, 0, row.length);
                windowed[row.length] = start;
                windowed[row.length + 1] = start + sizeMs;
                downstream.process(source, timestampMs, windowed);
            };
        };
    }
}
