package io.millrace.orchestrator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;

/** Which sources of a run have read all there is, as their connectors say on the topic of ends. */
final class SourceEnds {

    private final String topic;
    private final String runId;
    private final Topics topics;
    private final TopicReader reader;
    private final Map<String, Set<Integer>> tasks = new HashMap<>();
    private final Map<String, Long> records = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private Map<TopicPartition, Long> position = Map.of();

    SourceEnds(String topic, String runId, Topics topics, TopicReader reader) {
        this.topic = topic;
        this.runId = runId;
        this.topics = topics;
        this.reader = reader;
    }

    /** Leaves out everything that is on the topic now. */
    void begin() throws RunException {
        position = topics.ends(List.of(topic));
    }

    /** Those of these connectors that have not ended. */
    List<String> open(List<String> connectors) throws RunException {
        Map<TopicPartition, Long> ends = topics.ends(List.of(topic));
        if (!ends.equals(position)) {
            reader.read(position, ends, record -> {
                byte[] value = record.value();
                if (value != null) {
                    add(reader.decode(value));
                }
            });
            position = ends;
        }
        return connectors.stream()
                .filter(connector -> !ended.contains(connector))
                .toList();
    }

    private void add(GenericRecord end) {
        if (!end.get("run").toString().equals(runId)) {
            return;
        }
        String connector = end.get("connector").toString();
        Set<Integer> seen = tasks.computeIfAbsent(connector, name -> new HashSet<>());
        if (seen.add((Integer) end.get("task"))) {
            records.merge(connector, (Long) end.get("records"), Long::sum);
        }
        if (seen.size() == (Integer) end.get("tasks")) {
            ended.add(connector);
        }
    }

    /** How many rows a connector that has ended has read. */
    long records(String connector) {
        return records.getOrDefault(connector, 0L);
    }
}
