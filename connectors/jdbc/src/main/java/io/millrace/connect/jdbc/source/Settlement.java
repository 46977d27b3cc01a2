package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out up to where rows can no longer appear. A row's place is settled before its transaction commits, so that rows may appear
 * before others that have been read. A value of the order's first column is noted together with the transactions that run just then.
 * When all of these have ended, and a grace has passed for those who take a value before they do anything else, whatever is before the
 * noted value is there for whoever looks from then on.
 */
final class Settlement {

    private static final Logger LOG = LoggerFactory.getLogger(Settlement.class);
    private static final int MOST_MARKS = 32;
    /** A clock of whole seconds, and a little. */
    private static final long CLOCK_MS = 1_100;

    private static final long SLOW_MS = 10_000;

    private final Dialect dialect;
    private final @Nullable TableName table;
    private final long graceMs;
    private final long blindGraceMs;
    private final List<Mark> marks = new ArrayList<>();
    private @Nullable Mark settled;
    private long toldAt = System.nanoTime();

    /** A value that was read, when, and who may still bring one before it; null when the database does not tell. */
    private record Mark(
            Comparable<Object> lead,
            String text,
            long at,
            boolean isInclusive,
            @Nullable Set<String> running) {}

    /**
     * For rows of one table by what it numbers itself, or for any rows.
     *
     * @param table the table; null when any transaction may bring rows
     * @param graceMs how long to wait where the database tells what runs, in milliseconds
     * @param blindGraceMs how long where it does not
     */
    Settlement(Dialect dialect, @Nullable TableName table, long graceMs, long blindGraceMs) {
        this.dialect = dialect;
        this.table = table;
        this.graceMs = graceMs;
        this.blindGraceMs = blindGraceMs;
    }

    /**
     * Notes a value up to which rows have been read, after they have.
     *
     * @param isMoment whether it is a point in time, which nobody takes any more when a clock of seconds has gone on
     */
    void note(Connection connection, Comparable<Object> lead, String text, boolean isMoment) throws SQLException {
        Mark last = marks.isEmpty() ? settled : marks.get(marks.size() - 1);
        int compared = last == null ? -1 : last.lead().compareTo(lead);
        boolean isInclusive = isMoment && last != null && compared == 0 && millisSince(last.at()) > CLOCK_MS;
        if (compared > 0 || (compared == 0 && (!isInclusive || (last != null && last.isInclusive())))) {
            return;
        }
        if (marks.size() == MOST_MARKS) {
            marks.remove(MOST_MARKS / 2);
        }
        marks.add(new Mark(lead, text, System.nanoTime(), isInclusive, dialect.running(connection, table)));
    }

    /** Looks at what has ended since; to be asked before rows are read. */
    void look(Connection connection) throws SQLException {
        if (marks.isEmpty() || millisSince(marks.get(0).at()) < graceMs) {
            return;
        }
        Set<String> running = dialect.running(connection, table);
        while (!marks.isEmpty() && isSettled(marks.get(0), running)) {
            settled = marks.remove(0);
        }
    }

    private boolean isSettled(Mark mark, @Nullable Set<String> running) {
        long passed = millisSince(mark.at());
        if (mark.running() == null || running == null) {
            return passed >= blindGraceMs;
        }
        Set<String> left = new HashSet<>(mark.running());
        left.retainAll(running);
        if (!left.isEmpty() && passed > SLOW_MS && millisSince(toldAt) > SLOW_MS) {
            toldAt = System.nanoTime();
            LOG.info(
                    "Rows of {} may still come before {}: {} transactions run on since {} s ago: {}",
                    table == null ? "the source" : table,
                    mark.text(),
                    left.size(),
                    passed / 1000,
                    left.stream().limit(5).toList());
        }
        return passed >= graceMs && left.isEmpty();
    }

    private static long millisSince(long at) {
        return (System.nanoTime() - at) / 1_000_000;
    }

    /** Whether any value is settled yet. */
    boolean isAnySettled() {
        return settled != null;
    }

    /** The greatest settled value; null when there is none. */
    @Nullable
    Comparable<Object> lead() {
        return settled == null ? null : settled.lead();
    }

    /** Its text as a parameter. */
    @Nullable
    String text() {
        return settled == null ? null : settled.text();
    }

    /** Whether the greatest settled value is settled with all rows that have it. */
    boolean isInclusive() {
        return settled != null && settled.isInclusive();
    }

    /** Whether values are noted that are not settled. */
    boolean isWaiting() {
        return !marks.isEmpty();
    }
}
