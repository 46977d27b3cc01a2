package io.millrace.engine.aggregate;

import java.util.List;

/** What the rows of one group have come to, as {@link Aggregates} made it. Not thread-safe. */
public final class GroupState {

    private long rowCount;
    private final List<FunctionState> functions;

    GroupState(long rowCount, List<FunctionState> functions) {
        this.rowCount = rowCount;
        this.functions = functions;
    }

    /** The rows that were added and not taken away: at zero the group is empty. */
    public long rowCount() {
        return rowCount;
    }

    List<FunctionState> functions() {
        return functions;
    }

    void count(int delta) {
        rowCount += delta;
    }
}
