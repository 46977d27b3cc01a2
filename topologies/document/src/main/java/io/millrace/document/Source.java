package io.millrace.document;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation that comes in from outside.
 *
 * @param name unique among the sources and steps of the pipeline
 * @param location where the name stands
 * @param connector where its rows come from
 * @param columns its columns as written, {@code name TYPE [NOT NULL], …}; null when the connector or the registry knows
 * @param isTable whether its rows are a changelog by key ({@code as: table}) instead of a stream of facts
 * @param key the key columns; empty when none are named
 * @param keyLocation where they stand, or where the source begins
 * @param pushDown what of the pipeline's needs the connector is told
 * @param pushDownLocation where that stands, or where the source begins
 */
public record Source(
        String name,
        Location location,
        Connector connector,
        @Nullable Text columns,
        boolean isTable,
        List<String> key,
        Location keyLocation,
        PushDown pushDown,
        Location pushDownLocation) {

    public Source {
        key = List.copyOf(key);
    }
}
