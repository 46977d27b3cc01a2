package io.millrace.document;

/**
 * A relation that goes out.
 *
 * @param name unique among the sinks of the pipeline
 * @param location where the name stands
 * @param from the relation
 * @param fromLocation where its name stands
 * @param connector where its rows go
 */
public record Sink(String name, Location location, String from, Location fromLocation, Connector connector) {}
