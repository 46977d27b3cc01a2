package io.millrace.engine.plan;

import java.util.Map;

/**
 * A connector that a plan needs.
 *
 * @param name its name in the Connect cluster
 * @param direction which way rows go through it
 * @param relation the relation that it feeds or takes from
 * @param feedsTable whether that relation is a table, which is read to its end before the streams that join it
 * @param config its configuration as Connect's REST API takes it; secrets are references
 */
public record ConnectorPlan(
        String name, Direction direction, String relation, boolean feedsTable, Map<String, String> config) {

    /** Which way rows go. */
    public enum Direction {
        SOURCE,
        SINK
    }

    public ConnectorPlan {
        config = Map.copyOf(config);
    }
}
