package io.millrace.engine.operator;

import org.jspecify.annotations.Nullable;

/** One stage of a row's way; calls the next stage for each row that goes on. */
@FunctionalInterface
public interface Operator {

    /**
     * Takes a row.
     *
     * @param source the record that it was made of
     * @param timestampMs when it happened, milliseconds since 1970 UTC
     * @param row its values in Calcite's internal form; owned by the caller, not changed
     */
    void process(SourceRow source, long timestampMs, @Nullable Object[] row);
}
