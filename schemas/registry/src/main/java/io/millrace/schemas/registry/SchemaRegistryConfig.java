package io.millrace.schemas.registry;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

/** How to reach a Schema Registry, with the configuration keys that Confluent's clients have. */
public final class SchemaRegistryConfig extends AbstractConfig {

    public static final String URL = "schema.registry.url";
    public static final String BASIC_SOURCE = "basic.auth.credentials.source";
    public static final String BASIC_USER_INFO = "basic.auth.user.info";
    public static final String BEARER_SOURCE = "bearer.auth.credentials.source";
    public static final String BEARER_TOKEN = "bearer.auth.token";
    public static final String TIMEOUT_MS = "http.read.timeout.ms";
    public static final String RETRIES = "max.retries";
    public static final String RETRY_WAIT_MS = "retries.wait.ms";
    public static final String AUTO_REGISTER = "auto.register.schemas";

    /** The keys, with their documentation. */
    public static final ConfigDef DEFINITION = RegistryTls.defineIn(new ConfigDef()
            .define(
                    URL,
                    Type.LIST,
                    Importance.HIGH,
                    "The registry's URLs, tried in this order; mock://scope keeps schemas in the process")
            .define(
                    BASIC_SOURCE,
                    Type.STRING,
                    "URL",
                    ConfigDef.ValidString.in("URL", "USER_INFO", "SASL_INHERIT"),
                    Importance.MEDIUM,
                    "Where the user and password are: in the URL, or in " + BASIC_USER_INFO)
            .define(BASIC_USER_INFO, Type.PASSWORD, null, Importance.MEDIUM, "user:password, for USER_INFO")
            .define(
                    BEARER_SOURCE,
                    Type.STRING,
                    "STATIC_TOKEN",
                    ConfigDef.ValidString.in("STATIC_TOKEN"),
                    Importance.MEDIUM,
                    "Where the bearer token is")
            .define(BEARER_TOKEN, Type.PASSWORD, null, Importance.MEDIUM, "The bearer token")
            .define(
                    TIMEOUT_MS,
                    Type.INT,
                    10_000,
                    ConfigDef.Range.atLeast(1),
                    Importance.LOW,
                    "How long one request may take, in milliseconds")
            .define(
                    RETRIES,
                    Type.INT,
                    3,
                    ConfigDef.Range.between(0, 100),
                    Importance.LOW,
                    "How often a failed request is tried again")
            .define(
                    RETRY_WAIT_MS,
                    Type.INT,
                    200,
                    ConfigDef.Range.atLeast(0),
                    Importance.LOW,
                    "The wait before the first try again, in milliseconds; doubles each time")
            .define(
                    AUTO_REGISTER,
                    Type.BOOLEAN,
                    true,
                    Importance.MEDIUM,
                    "Whether schemas that are not registered yet are registered when they are first written"));

    /**
     * Reads and checks the keys; others are left alone.
     *
     * @throws ConfigException when one is wrong; the message names it
     */
    public SchemaRegistryConfig(Map<String, ?> originals) {
        super(DEFINITION, originals, false);
        if (urls().isEmpty()) {
            throw new ConfigException(URL, "", "at least one URL is needed");
        }
        for (String url : urls()) {
            if (!url.matches("(https?|mock)://.*")) {
                throw new ConfigException(URL, url, "a URL begins with http://, https:// or, for tests, mock://");
            }
        }
    }

    /** At least one URL, without a slash at the end. */
    List<String> urls() {
        return getList(URL).stream()
                .map(url -> url.strip().replaceAll("/+$", ""))
                .toList();
    }

    boolean autoRegister() {
        return getBoolean(AUTO_REGISTER);
    }

    /** {@code user:password}; null when none are given, or when they are in the URLs. */
    @Nullable
    String userInfo() {
        return switch (getString(BASIC_SOURCE)) {
            case "USER_INFO" -> {
                Password given = getPassword(BASIC_USER_INFO);
                if (given == null) {
                    throw new ConfigException(
                            BASIC_USER_INFO, null, "user:password is needed, since " + BASIC_SOURCE + " is USER_INFO");
                }
                yield given.value();
            }
            case "SASL_INHERIT" -> saslUserInfo();
            default -> null;
        };
    }

    /** The user and password that the Kafka client logs in with. */
    private String saslUserInfo() {
        Object login = originals().get(SaslConfigs.SASL_JAAS_CONFIG);
        if (login == null) {
            throw new ConfigException(
                    SaslConfigs.SASL_JAAS_CONFIG, null, "it is needed, since " + BASIC_SOURCE + " is SASL_INHERIT");
        }
        Password password = login instanceof Password given ? given : new Password(login.toString());
        Map<String, ?> options = JaasContext.loadClientContext(Map.of(SaslConfigs.SASL_JAAS_CONFIG, password))
                .configurationEntries()
                .get(0)
                .getOptions();
        if (options.get("username") == null || options.get("password") == null) {
            throw new ConfigException(SaslConfigs.SASL_JAAS_CONFIG + " has no username and password, which "
                    + BASIC_SOURCE + "=SASL_INHERIT needs");
        }
        return options.get("username") + ":" + options.get("password");
    }

    @Nullable
    String bearerToken() {
        Password token = getPassword(BEARER_TOKEN);
        return token == null ? null : token.value();
    }
}
