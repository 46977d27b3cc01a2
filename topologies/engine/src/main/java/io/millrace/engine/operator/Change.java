package io.millrace.engine.operator;

import java.util.Arrays;
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
        @Nullable Object @Nullable [] before,
        @Nullable Object @Nullable [] after) {

    /** A row comes. */
    public static Change insert(SourceRow source, long timestampMs, @Nullable Object[] row) {
        return new Change(source, timestampMs, null, row);
    }

    /** The same cause and time with other rows; null when that changes nothing. */
    public @Nullable Change with(@Nullable Object @Nullable [] newBefore, @Nullable Object @Nullable [] newAfter) {
        return (newBefore == null && newAfter == null) || (newBefore != null && isSame(newBefore, newAfter))
                ? null
                : new Change(source, timestampMs, newBefore, newAfter);
    }

    /** Whether two rows are the same to the last value. */
    static boolean isSame(@Nullable Object @Nullable [] left, @Nullable Object @Nullable [] right) {
        return Arrays.deepEquals(left, right);
    }

    /** The row that is there, or the one that went. */
    public @Nullable Object[] row() {
        return Objects.requireNonNull(after != null ? after : before, "a change has a row");
    }
}
