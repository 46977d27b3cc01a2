package io.millrace.engine.plan;

import java.util.Map;

/**
 * How many partitions the topics of a topology have.
 *
 * @param counts by topic, those of sources and of repartitions that are there
 * @param others what a source's topic has that is not among them
 */
public record TopicPartitions(Map<String, Integer> counts, int others) {

    public TopicPartitions {
        counts = Map.copyOf(counts);
    }

    /** As the plan would make them. */
    public static TopicPartitions planned(PipelinePlan plan) {
        return new TopicPartitions(Map.of(), plan.options().partitions());
    }

    int of(String topic) {
        return counts.getOrDefault(topic, others);
    }

    /** The partitions of a topic that need not be there yet: {@code wanted} then. */
    int of(String topic, int wanted) {
        return counts.getOrDefault(topic, wanted);
    }
}
