package io.millrace.orchestrator;

import java.time.Duration;
import java.util.List;

/**
 * How far a run is.
 *
 * @param phase what it does now
 * @param elapsed since it began
 * @param read how many rows the sources have put on their topics, give or take a few transaction markers
 * @param processed how many rows of streams the processor has taken
 * @param written how many rows it has written to the topics of the sinks
 * @param setAside how many rows went to quarantine
 * @param waitingFor the names of what is not done yet: connectors or topics
 * @param stalled how long nothing of all this has changed
 */
public record RunSnapshot(
        Phase phase,
        Duration elapsed,
        long read,
        long processed,
        long written,
        long setAside,
        List<String> waitingFor,
        Duration stalled) {

    public RunSnapshot {
        waitingFor = List.copyOf(waitingFor);
    }

    /** What a run does, in this order. */
    public enum Phase {
        PREPARING("preparing topics and connectors"),
        READING_TABLES("reading tables"),
        READING_STREAMS("reading and processing streams"),
        PROCESSING("processing what is left"),
        CLOSING("closing windows"),
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
