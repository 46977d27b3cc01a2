package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one record does to a relation: a row comes, goes, or takes another's place. The rows of a stream only come.
 *
 * @param source the record that caused it
 * @param timestampMs when it happened, milliseconds since 1970 UTC
 * @param before the row that is no longer there, in Calcite's internal form; null when none goes
 * @param after the row that is there from now on; null when none comes
 */
public record Change(
        SourceRow source,
        long timestampMs,
        @Nullable Row before,
        @Nullable Row after) {

    /** A row comes. */
    public static Change insert(SourceRow source, long timestampMs, Row row) {
        return new Change(source, timestampMs, null, row);
    }

    /** The same cause and time with other rows; null when that changes nothing. */
    public @Nullable Change with(@Nullable Row newBefore, @Nullable Row newAfter) {
        return (newBefore == null && newAfter == null) || (newBefore != null && Row.isSame(newBefore, newAfter))
                ? null
                : new Change(source, timestampMs, newBefore, newAfter);
    }

    /** The row that is there, or the one that went. */
    public Row row() {
        return Objects.requireNonNull(after != null ? after : before, "a change has a row");
    }
}
