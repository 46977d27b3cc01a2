package io.millrace.engine.operator;

/**
 * Windows of a fixed shape over time, in the unit of the time column.
 *
 * @param kind which shape
 * @param size how long the longest is; the gap of a session
 * @param step by how much one begins after the other (HOP) or is longer than the other (CUMULATE); the size for TUMBLE
 * @param offset by how much they begin after multiples of the step (CUMULATE: of the size) since 1970 UTC
 * @param tick a millisecond in the unit of the column
 */
public record Windows(Kind kind, long size, long step, long offset, long tick) {

    /** The shapes of windows. */
    public enum Kind {
        TUMBLE,
        HOP,
        CUMULATE,
        SESSION
    }

    /** Takes one window: its start and its end, which is not in it. */
    @FunctionalInterface
    public interface WindowConsumer {
        void accept(long start, long end);
    }

    /** Every window that holds {@code time}, by their ends; of a session only where it would begin. */
    public void forEach(long time, WindowConsumer consumer) {
        switch (kind) {
            case TUMBLE -> {
                long start = time - Math.floorMod(time - offset, size);
                consumer.accept(start, start + size);
            }
            case HOP -> {
                long last = time - Math.floorMod(time - offset, step);
                // The first whose end is behind the time.
                long first = last - Math.floorDiv(last + size - time - 1, step) * step;
                for (long start = first; start <= last; start += step) {
                    consumer.accept(start, start + size);
                }
            }
            case CUMULATE -> {
                long start = time - Math.floorMod(time - offset, size);
                long first = start + (Math.floorDiv(time - start, step) + 1) * step;
                for (long end = first; end <= start + size; end += step) {
                    consumer.accept(start, end);
                }
            }
            case SESSION -> consumer.accept(time, time + size);
        }
    }

    /** The ends of windows lie this far apart at least. */
    public long grid() {
        return kind == Kind.TUMBLE ? size : step;
    }
}
