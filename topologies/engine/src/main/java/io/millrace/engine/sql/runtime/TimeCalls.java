package io.millrace.engine.sql.runtime;

import org.apache.calcite.runtime.SqlFunctions;

/**
 * PARSE_DATE and its like, always in UTC: Calcite's go by way of the machine's time zone, where some local times do not exist.
 * One parser for each thread, since it is not made to be shared.
 */
public final class TimeCalls {

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

    public static int parseTime(String format, String text) {
        return (int) Math.floorMod(parseTimestamp(format, text), DAY_MS);
    }
}
