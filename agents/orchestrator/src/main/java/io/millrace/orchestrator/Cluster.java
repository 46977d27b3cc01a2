package io.millrace.orchestrator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where a pipeline runs.
 *
 * @param kafka the clients' configuration, {@code bootstrap.servers} at least
 * @param connect the REST API of a Connect worker
 * @param registry the Schema Registry client's configuration, {@code schema.registry.url} at least
 * @param stateDirectory where processors of this process keep their stores
 * @param patience how long nothing may move before a run gives up
 */
public record Cluster(
        Map<String, Object> kafka, URI connect, Map<String, Object> registry, Path stateDirectory, Duration patience) {

    public Cluster {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }
}
