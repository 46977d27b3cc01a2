package io.millrace.orchestrator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** Which sources of a run have read all there is, as their connectors say on the topic of ends. */
final class SourceEnds {

    private final String runId;
    private final TopicTail tail;
    private final Map<String, Set<Integer>> tasks = new HashMap<>();
    private final Map<String, Long> records = new HashMap<>();
    private final Set<String> ended = new HashSet<>();

    SourceEnds(String runId, TopicTail tail) {
        this.runId = runId;
        this.tail = tail;
    }

    /** Leaves out what runs before this one have said. */
    void begin() throws RunException {
        tail.begin();
    }

    /** Those of these connectors that have not ended. */
    List<String> open(List<String> connectors) throws RunException {
        tail.read(this::add);
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
