package io.millrace.processor;

import java.nio.file.Path;
import java.util.Map;

/**
 * Where a processor works.
 *
 * @param kafka the clients' configuration, {@code bootstrap.servers} at least
 * @param registry the Schema Registry client's configuration, {@code schema.registry.url} at least
 * @param stateDirectory where stores lie; several processors may share it
 * @param threads how many stream threads
 */
public record ProcessorSettings(
        Map<String, Object> kafka, Map<String, Object> registry, Path stateDirectory, int threads) {

    public ProcessorSettings {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
        if (threads < 1) {
            throw new IllegalArgumentException("A processor has at least one thread, not " + threads);
        }
    }
}
