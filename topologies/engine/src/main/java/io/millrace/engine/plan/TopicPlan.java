package io.millrace.engine.plan;

import java.util.Map;

/**
 * A topic that a plan needs.
 *
 * @param name its name
 * @param partitions how many partitions it is made with
 * @param config its settings where they differ from the cluster's
 */
public record TopicPlan(String name, int partitions, Map<String, String> config) {
    public TopicPlan {
        config = Map.copyOf(config);
    }
}
