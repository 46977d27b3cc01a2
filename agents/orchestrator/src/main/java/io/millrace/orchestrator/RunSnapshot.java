package io.millrace.orchestrator;

import java.time.Duration;

/**
 * How far a run is.
 *
 * @param phase what it does now
 * @param elapsed since it began
 * @param read how many rows the sources have put on their topics, give or take a few transaction markers
 * @param processed how many rows of streams the processor has taken
 * @param written how many rows it has written to the topics of the sinks
 * @param setAside how many rows went to quarantine
 */
public record RunSnapshot(Phase phase, Duration elapsed, long read, long processed, long written, long setAside) {

    /** What a run does, in this order. */
    public enum Phase {
        PREPARING("preparing topics and connectors"),
        READING_TABLES("reading tables"),
        READING_STREAMS("reading and processing streams"),
        PROCESSING("processing what is left"),
        WRITING("waiting for the sinks");

        private final String text;

        Phase(String text) {
            this.text = text;
        }

        /** The phase as people read it. */
        public String text() {
            return text;
        }
    }
}
