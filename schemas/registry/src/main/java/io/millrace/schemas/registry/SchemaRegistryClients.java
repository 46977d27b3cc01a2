package io.millrace.schemas.registry;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;

/** Makes the client that a configuration asks for. */
public final class SchemaRegistryClients {

    private static final String MOCK = "mock://";

    private SchemaRegistryClients() {}

    /**
     * A client for {@code schema.registry.url}.
     *
     * @throws ConfigException when the configuration is wrong; the message names the key
     */
    public static SchemaRegistryClient from(Map<String, ?> config) {
        SchemaRegistryConfig settings = new SchemaRegistryConfig(config);
        String first = settings.urls().get(0);
        return first.startsWith(MOCK)
                ? InMemorySchemaRegistry.shared(first.substring(MOCK.length()))
                : new HttpSchemaRegistryClient(settings);
    }
}
