package io.millrace.engine.plan;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * How many tasks each part of a topology has, as Streams makes them: parts that write to the same repartition are one subtopology, and a
 * subtopology has a task for each partition of the topic with the most. A part is what takes a source or stands behind a repartition.
 */
final class TaskCounts {

    /** The partitions of the topic that each part takes. */
    private final Map<String, Integer> partitions = new LinkedHashMap<>();

    private final Map<String, Integer> repartitions = new HashMap<>();
    /** Another part of the same subtopology; itself, for the one that stands for all. */
    private final Map<String, String> together = new HashMap<>();

    private final Map<String, String> writers = new HashMap<>();

    /** Adds a part, behind all that write to its topic. */
    void add(String part, int topicPartitions, Set<String> destinations) {
        partitions.put(part, topicPartitions);
        together.put(part, part);
        for (String destination : destinations) {
            String other = writers.putIfAbsent(destination, part);
            if (other != null) {
                together.put(root(part), root(other));
            }
            repartitions.merge(destination, topicPartitions, Math::max);
        }
    }

    private String root(String part) {
        String above = together.getOrDefault(part, part);
        return above.equals(part) ? part : root(above);
    }

    /** How many partitions a repartition needs to be as wide as what writes to it. */
    int wanted(String repartition) {
        return repartitions.getOrDefault(repartition, 1);
    }

    /** How many partitions the topic of a part has. */
    int partitions(String part) {
        return partitions.getOrDefault(part, 1);
    }

    /** How many tasks write to a repartition, each with all of the parts that do. */
    int writing(String repartition) {
        String writer = writers.get(repartition);
        return writer == null ? 0 : of(writer);
    }

    private int of(String part) {
        String root = root(part);
        return partitions.entrySet().stream()
                .filter(other -> root(other.getKey()).equals(root))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(1);
    }

    /** The tasks of every part. */
    Map<String, Integer> all() {
        Map<String, Integer> all = new LinkedHashMap<>();
        partitions.keySet().forEach(part -> all.put(part, of(part)));
        return all;
    }
}
