package io.millrace.orchestrator;

import io.millrace.document.Sink;
import io.millrace.engine.plan.ConnectorPlan;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.Relation;
import io.millrace.processor.Processor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How many rows a run has read, processed, written and set aside. */
final class RunCounts {

    private final PipelinePlan plan;
    private final Topics topics;
    private final TopicReader reader;
    private long aboutBefore;
    private Map<TopicPartition, Long> quarantineBefore = Map.of();

    RunCounts(PipelinePlan plan, Topics topics, TopicReader reader) {
        this.plan = plan;
        this.topics = topics;
        this.reader = reader;
    }

    /** Leaves out what is on the topics now. */
    void begin() throws RunException {
        aboutBefore = topics.about(sourceTopics());
        quarantineBefore = topics.ends(List.of(plan.quarantineTopic()));
    }

    private List<String> sourceTopics() {
        return plan.relations().stream()
                .filter(Relation.SourceRelation.class::isInstance)
                .map(Relation::topic)
                .toList();
    }

    /** Rows on the topics of the sources since the run began, give or take a few markers of transactions. */
    long aboutRead() throws RunException {
        return topics.about(sourceTopics()) - aboutBefore;
    }

    /** Rows that the processor has taken from streams. */
    long processed(@Nullable Processor processor) {
        Map<String, Long> consumed = consumed(processor);
        return plan.streamTopics().stream()
                .mapToLong(topic -> consumed.getOrDefault(topic, 0L))
                .sum();
    }

    /** Rows that the processor has written to the topics of sinks. */
    long written(@Nullable Processor processor) {
        Map<String, Long> produced = produced(processor);
        return plan.pipeline().sinks().stream()
                .mapToLong(
                        sink -> produced.getOrDefault(plan.relation(sink.from()).topic(), 0L))
                .sum();
    }

    /** Rows that the processor has set aside. */
    long setAside(@Nullable Processor processor) {
        return produced(processor).getOrDefault(plan.quarantineTopic(), 0L);
    }

    /** Rows read by source: as its connector tells, or, where others write to its topic, as the processor took them. */
    Map<String, Long> readBySource(SourceEnds ends, @Nullable Processor processor) {
        Map<String, Long> consumed = consumed(processor);
        Map<String, Long> read = new LinkedHashMap<>();
        for (Relation relation : plan.relations()) {
            if (relation instanceof Relation.SourceRelation) {
                read.put(relation.name(), consumed.getOrDefault(relation.topic(), 0L));
            }
        }
        for (ConnectorPlan connector : plan.connectors()) {
            if (connector.direction() == ConnectorPlan.Direction.SOURCE) {
                read.put(connector.relation(), ends.records(connector.name()));
            }
        }
        return read;
    }

    /** Rows written by sink; a sink that takes a source as it is gets what was read. */
    Map<String, Long> writtenBySink(Map<String, Long> read, @Nullable Processor processor) {
        Map<String, Long> produced = produced(processor);
        Map<String, Long> written = new LinkedHashMap<>();
        for (Sink sink : plan.pipeline().sinks()) {
            Relation from = plan.relation(sink.from());
            written.put(
                    sink.name(),
                    from instanceof Relation.SourceRelation
                            ? read.getOrDefault(from.name(), 0L)
                            : produced.getOrDefault(from.topic(), 0L));
        }
        return written;
    }

    /** What has come to quarantine since the run began. */
    List<RunReport.SetAside> quarantine() throws RunException {
        QuarantineSummary quarantine = new QuarantineSummary();
        reader.read(quarantineBefore, topics.ends(List.of(plan.quarantineTopic())), record -> {
            byte[] value = record.value();
            if (value != null) {
                quarantine.add(reader.decode(value));
            }
        });
        return quarantine.mostFrequentFirst();
    }

    private static Map<String, Long> consumed(@Nullable Processor processor) {
        return processor == null ? Map.of() : processor.consumed();
    }

    private static Map<String, Long> produced(@Nullable Processor processor) {
        return processor == null ? Map.of() : processor.produced();
    }
}
