package io.millrace.engine.sql.runtime;

import org.apache.calcite.avatica.util.DateTimeUtils;
import org.apache.calcite.runtime.SqlFunctions;

/**
 * PARSE_DATE and its like, always in UTC, and what else Calcite's code for times does otherwise. Its parsers go by way of the machine's time zone, where some local times do not exist.
 * One parser for each thread, since it is not made to be shared.
 */
public final class TimeCalls {

    private static final long SECOND_MS = 1_000;
    private static final long DAY_MS = 86_400_000;

    private static final ThreadLocal<SqlFunctions.DateParseFunction> PARSERS =
            ThreadLocal.withInitial(SqlFunctions.DateParseFunction::new);

    private TimeCalls() {}

    public static long parseTimestamp(String format, String text) {
        return PARSERS.get().parseTimestamp(format, text);
    }

    public static long parseTimestamp(String format, String text, String zone) {
        return PARSERS.get().parseTimestamp(format, text, zone);
    }

    public static int parseDate(String format, String text) {
        return Math.toIntExact(Math.floorDiv(parseTimestamp(format, text), DAY_MS));
    }

    /** How many whole months a timestamp is behind another; those before it are counted as those behind it, with a minus sign. */
    public static int monthsBetween(long laterMs, long earlierMs) {
        return laterMs < earlierMs
                ? -DateTimeUtils.subtractMonths(earlierMs, laterMs)
                : DateTimeUtils.subtractMonths(laterMs, earlierMs);
    }

    /** The second since 1970 that has begun. */
    public static long epochSeconds(long ms) {
        return Math.floorDiv(ms, SECOND_MS);
    }

    public static int parseTime(String format, String text) {
        return (int) Math.floorMod(parseTimestamp(format, text), DAY_MS);
    }
}
