package io.millrace.orchestrator;

import io.millrace.engine.plan.ConnectorPlan;
import io.millrace.engine.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether everything that the sources of a run have read has had its consequences. What a topic holds when it is first asked about is
 * what counts: who goes on writing to a source of the type topic writes for the next run.
 */
final class Completion {

    private final PipelinePlan plan;
    private final Topics topics;
    private final TopicReader reader;
    /** How far each topic went when it was first asked about. */
    private final Map<String, Map<TopicPartition, Long>> extents = new HashMap<>();
    /** The offsets behind the last records of that. */
    private final Map<String, Map<TopicPartition, Long>> wanted = new HashMap<>();

    private final Map<String, Long> progress = new HashMap<>();

    Completion(PipelinePlan plan, Topics topics, TopicReader reader) {
        this.plan = plan;
        this.topics = topics;
        this.reader = reader;
    }

    /**
     * Topics that the processor has not taken everything from: those of its sources first, then those with which it sends rows to
     * itself. Its outputs are in one transaction with the offsets, so that behind committed offsets they are there.
     */
    List<String> unprocessed() throws RunException {
        for (String topic : plan.streamTopics()) {
            if (!isCommitted(plan.applicationId(), topic, false)) {
                return List.of(topic);
            }
        }
        for (String topic : topics.existing(plan.repartitionTopics())) {
            if (!isCommitted(plan.applicationId(), topic, true)) {
                return List.of(topic);
            }
        }
        return List.of();
    }

    /** Sinks that have not committed every row of their topics. */
    List<String> unwritten() throws RunException {
        List<String> unwritten = new ArrayList<>();
        for (ConnectorPlan sink : plan.connectors()) {
            if (sink.direction() == ConnectorPlan.Direction.SINK
                    && !isCommitted("connect-" + sink.name(), sink.config().getOrDefault("topics", ""), true)) {
                unwritten.add(sink.name());
            }
        }
        return unwritten;
    }

    /** Grows while any group that was asked about commits. */
    long progress() {
        return progress.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Whether a group has committed what a topic holds.
     *
     * @param isOurs whether the processor alone writes there: what it has committed may lack its marker for a moment yet
     */
    private boolean isCommitted(String group, String topic, boolean isOurs) throws RunException {
        Map<TopicPartition, Long> extent = extents.get(topic);
        if (extent == null) {
            extent = isOurs ? topics.writtenEnds(List.of(topic)) : topics.ends(List.of(topic));
            extents.put(topic, extent);
        }
        Map<TopicPartition, Long> targets = wanted.get(topic);
        if (targets == null) {
            if (isOurs && !reaches(topics.ends(List.of(topic)), extent)) {
                return false;
            }
            targets = reader.behindLastRecords(extent);
            wanted.put(topic, targets);
        }
        Map<TopicPartition, OptionalLong> committed = topics.committed(group, targets.keySet());
        progress.put(
                group + "/" + topic,
                committed.values().stream()
                        .mapToLong(offset -> offset.orElse(0))
                        .sum());
        return targets.entrySet().stream()
                .allMatch(target -> committed
                                .getOrDefault(target.getKey(), OptionalLong.empty())
                                .orElse(-1)
                        >= target.getValue());
    }

    private static boolean reaches(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> extent) {
        return extent.entrySet().stream().allMatch(end -> ends.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }
}
