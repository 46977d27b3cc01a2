package io.millrace.document;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a source or sink reaches the world outside.
 *
 * @param type {@code jdbc}, {@code s3}, {@code http}, {@code topic}, or the class name of any Connect connector
 * @param typeLocation where the type stands
 * @param connection the name of the connection, or null where the type needs none
 * @param connectionLocation where that name stands, or where the source or sink begins
 * @param config what the connector is told, as written; values are strings
 * @param configLocations where each key of {@code config} stands
 */
public record Connector(
        String type,
        Location typeLocation,
        @Nullable String connection,
        Location connectionLocation,
        Map<String, String> config,
        Map<String, Location> configLocations) {

    public Connector {
        config = Map.copyOf(config);
        configLocations = Map.copyOf(configLocations);
    }
}
