package io.millrace.engine.differential;

/**
 * A part of the SQL with state. Those that are not there yet are listed all the same: a test asserts that the planner refuses them, so
 * that one that comes is noticed, and is compared from then on.
 */
enum Feature {
    TUMBLE(true),
    LOOKUP(true),
    /** SUM(n + 1), COUNT(*) FILTER (WHERE n > 0) */
    AGGREGATE_OF_EXPRESSION(true),
    HAVING_THAT_TURNS_FALSE(true),
    HOP(true),
    CUMULATE(true),
    SESSION(true),
    GROUP_STREAM(true),
    GROUP_TABLE(true),
    PROJECT_TABLE(true),
    JOIN_TABLES(true),
    JOIN_TABLES_ON_FOREIGN_KEY(true),
    JOIN_STREAMS(true),
    /** Rows of two streams that are in the same window. */
    JOIN_WINDOWS(true),
    /** The groups of two streams with the same window. */
    JOIN_GROUPS_OF_WINDOWS(true),
    /** Three and four tables, some of them derived, by joins of all kinds. */
    JOIN_TREE(true),
    /** USING, NATURAL and COALESCE of what is compared. */
    JOIN_USING(true),
    /** IN, EXISTS, ANY and NOT of these over tables. */
    SUBQUERY(true),
    /** A query that is one value among others. */
    SUBQUERY_OF_A_VALUE(true),
    SUBQUERY_OF_STREAM(true),
    SUBQUERY_OVER_STREAM(true),
    TOP_N(true),
    TOP_N_OF_TABLE(true),
    LIMIT_OF_TABLE(true),
    SET_OPERATION(true),
    UNION_ALL(true),
    UNNEST(true),
    DISTINCT(true),
    GROUPING_SETS(true),
    GROUPING_SETS_OF_WINDOW(true);

    private final boolean isThere;

    Feature(boolean isThere) {
        this.isThere = isThere;
    }

    boolean isThere() {
        return isThere;
    }
}
