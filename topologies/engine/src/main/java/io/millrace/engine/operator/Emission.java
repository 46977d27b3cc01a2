package io.millrace.engine.operator;

import org.jspecify.annotations.Nullable;

/**
 * What leaves a processor.
 *
 * @param destination a topic, or the name of a repartition
 * @param value the bytes of the record's value; null for a tombstone
 */
public record Emission(String destination, byte @Nullable [] value) {}
