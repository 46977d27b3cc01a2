package io.millrace.engine.plan;

import io.millrace.document.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The topics of a plan: one for each source, for each step that a sink takes, and for quarantine. */
final class TopicPlanner {

    private static final String THIRTY_DAYS_MS = Long.toString(30L * 24 * 60 * 60 * 1000);
    private static final Map<String, String> COMPACTED = Map.of("cleanup.policy", "compact");

    private final Pipeline pipeline;
    private final PlanOptions options;

    TopicPlanner(Pipeline pipeline, PlanOptions options) {
        this.pipeline = pipeline;
        this.options = options;
    }

    List<TopicPlan> plan(List<Relation> relations) {
        List<TopicPlan> topics = new ArrayList<>();
        for (Relation relation : relations) {
            boolean isWritten = relation instanceof Relation.SourceRelation
                    || pipeline.sinks().stream().anyMatch(sink -> sink.from().equalsIgnoreCase(relation.name()));
            if (isWritten) {
                topics.add(new TopicPlan(
                        relation.topic(), options.partitions(), relation.isTable() ? COMPACTED : Map.of()));
            }
        }
        // Event time may lie decades back: retention by the records' own timestamps would empty the topics at once.
        topics.replaceAll(topic -> topic.config().isEmpty()
                ? new TopicPlan(topic.name(), topic.partitions(), Map.of("retention.ms", "-1"))
                : topic);
        topics.add(new TopicPlan(
                pipeline.name() + ".quarantine",
                1,
                Map.of("retention.ms", THIRTY_DAYS_MS, "message.timestamp.type", "LogAppendTime")));
        topics.add(new TopicPlan(options.sourceEndTopic(), 1, COMPACTED));
        topics.add(new TopicPlan(options.runsTopic(), 1, COMPACTED));
        topics.add(new TopicPlan(options.taskEndTopic(), 1, COMPACTED));
        return topics;
    }
}
