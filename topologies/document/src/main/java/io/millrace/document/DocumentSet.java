package io.millrace.document;

import java.util.List;

/** What a file holds. */
public record DocumentSet(List<Pipeline> pipelines, List<Connection> connections) {
    public DocumentSet {
        pipelines = List.copyOf(pipelines);
        connections = List.copyOf(connections);
    }
}
