package io.millrace.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
public final class Figures {

    private Figures() {}

    /** A count with its thousands apart: {@code 10,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** A duration in seconds to a tenth: {@code 9.8 s}. */
    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** A rate: {@code 1,234 rows/s}; a dash where no time has passed. */
    public static String perSecond(long rows, Duration duration) {
        return duration.isZero() ? "-" : count(rows * 1000 / Math.max(1, duration.toMillis())) + " rows/s";
    }
}
