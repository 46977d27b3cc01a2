package io.millrace.schemas.registry;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS to a registry: Kafka's own {@code ssl.} keys behind {@code schema.registry.}, with all that Kafka's clients read of them, so
 * JKS, PKCS12 and PEM stores in files, and PEM in the configuration itself.
 */
final class RegistryTls {

    static final String PREFIX = "schema.registry.";

    private static final ConfigDef KEYS = withClientKeys();

    private RegistryTls() {}

    private static ConfigDef withClientKeys() {
        ConfigDef keys = new ConfigDef();
        SslConfigs.addClientSslSupport(keys);
        return keys;
    }

    /** Adds the keys, with their prefix. */
    static ConfigDef defineIn(ConfigDef definition) {
        definition.embed(PREFIX, "TLS", 0, KEYS);
        return definition;
    }

    /**
     * Sets up {@code client}, which keeps the JDK's certificates when the configuration has none.
     *
     * @throws ConfigException when a store cannot be read
     */
    static void apply(SchemaRegistryConfig config, HttpClient.Builder client) {
        Map<String, Object> own = config.originalsWithPrefix(PREFIX);
        own.keySet().retainAll(KEYS.names());
        if (own.isEmpty()) {
            return;
        }
        Object algorithm = own.get(SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG);
        if (algorithm != null && !algorithm.toString().equalsIgnoreCase("https")) {
            throw new ConfigException(
                    PREFIX + SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG,
                    algorithm,
                    "the registry's host name is always held against its certificate; remove the key");
        }
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            AbstractConfig typed = new AbstractConfig(KEYS, own, false);
            factory.configure(typed.values());
            client.sslContext(factory.sslContext());
            client.sslParameters(new SSLParameters(
                    orNull(typed.getList(SslConfigs.SSL_CIPHER_SUITES_CONFIG)),
                    orNull(typed.getList(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG))));
        } catch (ConfigException e) {
            throw e;
        } catch (KafkaException e) {
            throw new ConfigException("The keys " + PREFIX + "ssl.* cannot be used: " + withCauses(e));
        }
    }

    private static String @Nullable [] orNull(@Nullable List<String> names) {
        return names == null || names.isEmpty() ? null : names.toArray(String[]::new);
    }

    private static String withCauses(Throwable failure) {
        StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            text.append(": ").append(cause.getMessage());
        }
        return text.toString();
    }
}
