package io.millrace.engine.plan;

import java.util.List;

/**
 * Something under a name that outlives the application: a state store with its changelog, a repartition topic or a topic's offsets.
 *
 * @param name the store's name, or the topic's
 * @param kind what it is
 * @param relation the relation that it belongs to
 * @param topic the topic behind it: a store's changelog, or the topic itself; empty for a store that is filled from a source's topic
 * @param parts what its keys and values are made of, in their order: what another layout cannot be read by
 * @param definition what made its content: the query of its step with those before it
 */
public record StateLayout(String name, Kind kind, String relation, String topic, List<Part> parts, String definition) {

    /** What something is that outlives the application. */
    public enum Kind {
        STORE,
        REPARTITION,
        OFFSETS
    }

    /**
     * One part of a key or value.
     *
     * @param role what it is there for, such as {@code key} or {@code row}
     * @param name a column's name or a function as it is called; empty where nobody gave one
     * @param type its type, or what else decides how it is written
     */
    public record Part(String role, String name, String type) {

        @Override
        public String toString() {
            return name.isEmpty() ? type : name + " " + type;
        }
    }

    public StateLayout {
        parts = List.copyOf(parts);
    }
}
