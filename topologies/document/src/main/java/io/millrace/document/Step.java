package io.millrace.document;

/**
 * A relation defined by a query over sources and other steps.
 *
 * @param name unique among the sources and steps of the pipeline
 * @param location where the name stands
 * @param sql the query
 */
public record Step(String name, Location location, Text sql) {}
