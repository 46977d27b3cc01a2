package io.millrace.engine.differential;

/**
 * A part of the SQL with state. Those that are not there yet are listed all the same: a test asserts that the planner refuses them, so
 * that one that comes is noticed, and is compared from then on.
 */
enum Feature {
    TUMBLE(true),
    LOOKUP(true),
    /** SUM(n + 1), COUNT(*) FILTER (WHERE n > 0) */
    AGGREGATE_OF_EXPRESSION(false),
    HAVING_THAT_TURNS_FALSE(false),
    HOP(false),
    CUMULATE(false),
    SESSION(false),
    GROUP_STREAM(false),
    GROUP_TABLE(false),
    PROJECT_TABLE(false),
    JOIN_TABLES(false),
    JOIN_TABLES_ON_FOREIGN_KEY(false),
    JOIN_STREAMS(false),
    TOP_N(false),
    UNION_ALL(false),
    UNNEST(false),
    DISTINCT(false),
    GROUPING_SETS(false);

    private final boolean isThere;

    Feature(boolean isThere) {
        this.isThere = isThere;
    }

    boolean isThere() {
        return isThere;
    }
}
