package io.millrace.orchestrator;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a pipeline runs.
 *
 * @param kafka the clients' configuration, {@code bootstrap.servers} at least
 * @param connect the REST API of a Connect worker
 * @param registry the Schema Registry client's configuration, {@code schema.registry.url} at least
 * @param stateDirectory where processors of this process keep their stores
 */
public record Cluster(Map<String, Object> kafka, URI connect, Map<String, Object> registry, Path stateDirectory) {

    public Cluster {
        kafka = Map.copyOf(kafka);
        registry = Map.copyOf(registry);
    }
}
