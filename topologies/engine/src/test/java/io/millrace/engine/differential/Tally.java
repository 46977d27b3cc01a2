package io.millrace.engine.differential;

import java.time.Duration;

/** How much was compared with the oracle. */
final class Tally {

    private final long startNanos = System.nanoTime();
    private int queries;
    private int refused;
    private long values;
    private long failed;
    private long leftOut;

    /** One query was run. */
    void compared() {
        queries++;
    }

    /** One query was refused by the planner. */
    void refused() {
        refused++;
    }

    /** One row of a query came out, was set aside or was left out by its WHERE. */
    void row(boolean cameOut, boolean wasSetAside) {
        if (wasSetAside) {
            failed++;
        } else if (cameOut) {
            values++;
        } else {
            leftOut++;
        }
    }

    @Override
    public String toString() {
        double seconds =
                Math.max(1, Duration.ofNanos(System.nanoTime() - startNanos).toMillis()) / 1000.0;
        return String.format(
                java.util.Locale.ROOT,
                "%d queries compared in %.0f s, %.1f a second; %d refused; of their rows %d came out, %d failed, %d were left"
                        + " out",
                queries,
                seconds,
                queries / seconds,
                refused,
                values,
                failed,
                leftOut);
    }
}
