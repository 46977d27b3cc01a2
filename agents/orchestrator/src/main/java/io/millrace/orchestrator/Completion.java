package io.millrace.orchestrator;

import io.millrace.engine.plan.ConnectorPlan;
import io.millrace.engine.plan.PipelinePlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.kafka.common.TopicPartition;

/** Whether everything that the sources of a run have read has had its consequences. */
final class Completion {

    private final PipelinePlan plan;
    private final Topics topics;
    private final TopicReader reader;
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
        List<String> sources = uncommitted(plan.applicationId(), plan.streamTopics());
        if (!sources.isEmpty()) {
            return sources;
        }
        for (String topic : topics.existing(plan.repartitionTopics())) {
            List<String> open = uncommitted(plan.applicationId(), List.of(topic));
            if (!open.isEmpty()) {
                return open;
            }
        }
        return List.of();
    }

    /** Sinks that have not committed every row of their topics. */
    List<String> unwritten() throws RunException {
        List<String> unwritten = new ArrayList<>();
        for (ConnectorPlan sink : plan.connectors()) {
            if (sink.direction() == ConnectorPlan.Direction.SINK
                    && !uncommitted(
                                    "connect-" + sink.name(),
                                    List.of(sink.config()
                                            .getOrDefault("topics", "")
                                            .split(",")))
                            .isEmpty()) {
                unwritten.add(sink.name());
            }
        }
        return unwritten;
    }

    /** Grows while any group that was asked about commits. */
    long progress() {
        return progress.values().stream().mapToLong(Long::longValue).sum();
    }

    private List<String> uncommitted(String group, List<String> read) throws RunException {
        if (read.isEmpty()) {
            return List.of();
        }
        Map<TopicPartition, Long> wanted = reader.behindLastRecords(topics.ends(read));
        Map<TopicPartition, OptionalLong> committed = topics.committed(group, wanted.keySet());
        progress.put(
                group,
                committed.values().stream()
                        .mapToLong(offset -> offset.orElse(0))
                        .sum());
        return wanted.entrySet().stream()
                .filter(entry -> committed
                                .getOrDefault(entry.getKey(), OptionalLong.empty())
                                .orElse(-1)
                        < entry.getValue())
                .map(entry -> entry.getKey().topic())
                .distinct()
                .toList();
    }
}
