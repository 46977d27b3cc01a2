package io.millrace.orchestrator;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;

/** Which tasks of a run's processor have sent on all that waited for more rows, as they say on the topic of task ends. */
final class TaskEnds {

    private final String pipeline;
    private final String runId;
    private final TopicTail tail;
    private final Map<String, Set<Integer>> ended = new HashMap<>();

    TaskEnds(String pipeline, String runId, TopicTail tail) {
        this.pipeline = pipeline;
        this.runId = runId;
        this.tail = tail;
    }

    /** Leaves out what runs before this one have said. */
    void begin() throws RunException {
        tail.begin();
    }

    /** Those of these parts of which not every task has ended. */
    List<String> open(Map<String, Integer> tasks) throws RunException {
        tail.read(this::add);
        return tasks.entrySet().stream()
                .filter(part -> ended.getOrDefault(part.getKey(), Set.of()).size() < part.getValue())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private void add(GenericRecord end) {
        if (end.get("pipeline").toString().equals(pipeline)
                && end.get("run").toString().equals(runId)) {
            ended.computeIfAbsent(end.get("part").toString(), part -> new HashSet<>())
                    .add((Integer) end.get("task"));
        }
    }
}
