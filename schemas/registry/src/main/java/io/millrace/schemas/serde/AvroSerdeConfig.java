package io.millrace.schemas.serde;

import io.millrace.schemas.registry.SchemaRegistryConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.jspecify.annotations.Nullable;

/** How Avro is written and read, with the configuration keys that Confluent's Avro serializers have. */
public final class AvroSerdeConfig extends AbstractConfig {

    public static final String SUBJECT_STRATEGY = "subject.name.strategy";
    public static final String KEY_SUBJECT_STRATEGY = "key.subject.name.strategy";
    public static final String VALUE_SUBJECT_STRATEGY = "value.subject.name.strategy";
    public static final String USE_LATEST_VERSION = "use.latest.version";
    public static final String LATEST_STRICT = "latest.compatibility.strict";
    public static final String LATEST_CACHE_SECONDS = "latest.cache.ttl.sec";
    public static final String SPECIFIC_READER = "specific.avro.reader";
    public static final String SPECIFIC_KEY_TYPE = "specific.avro.key.type";
    public static final String SPECIFIC_VALUE_TYPE = "specific.avro.value.type";
    public static final String LOGICAL_TYPES = "avro.use.logical.type.converters";

    /** The keys, those of {@link SchemaRegistryConfig} among them, with their documentation. */
    public static final ConfigDef DEFINITION = new ConfigDef(SchemaRegistryConfig.DEFINITION)
            .define(
                    SUBJECT_STRATEGY,
                    Type.STRING,
                    TopicNameStrategy.class.getName(),
                    Importance.MEDIUM,
                    "Under which subject schemas are registered, for keys and values alike: a class name, ours or Confluent's")
            .define(
                    KEY_SUBJECT_STRATEGY,
                    Type.STRING,
                    null,
                    Importance.MEDIUM,
                    "Under which subject the schemas of keys are registered")
            .define(
                    VALUE_SUBJECT_STRATEGY,
                    Type.STRING,
                    null,
                    Importance.MEDIUM,
                    "Under which subject the schemas of values are registered")
            .define(
                    USE_LATEST_VERSION,
                    Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether to write with the subject's newest version instead of the data's own schema; "
                            + "for this, " + SchemaRegistryConfig.AUTO_REGISTER + " must be false")
            .define(
                    LATEST_STRICT,
                    Type.BOOLEAN,
                    true,
                    Importance.LOW,
                    "Whether the newest version must be able to read all data of the data's own schema")
            .define(
                    LATEST_CACHE_SECONDS,
                    Type.LONG,
                    -1L,
                    Importance.LOW,
                    "How long the newest version is remembered, in seconds; -1 for always")
            .define(
                    SPECIFIC_READER,
                    Type.BOOLEAN,
                    false,
                    Importance.MEDIUM,
                    "Whether records are read into the classes that were generated for them")
            .define(
                    SPECIFIC_KEY_TYPE,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The generated class of keys; without it, the one with the name of the record that was written")
            .define(
                    SPECIFIC_VALUE_TYPE,
                    Type.STRING,
                    null,
                    Importance.LOW,
                    "The generated class of values; without it, the one with the name of the record that was written")
            .define(
                    LOGICAL_TYPES,
                    Type.BOOLEAN,
                    false,
                    Importance.LOW,
                    "Whether generic records carry logical types as Java objects, such as Instant and BigDecimal");

    public AvroSerdeConfig(Map<String, ?> originals) {
        super(DEFINITION, withClassNames(originals), false);
    }

    /** Clients that are configured in Java give classes where a file gives their names. */
    private static Map<String, Object> withClassNames(Map<String, ?> originals) {
        Map<String, Object> all = new HashMap<>();
        originals.forEach((key, value) -> all.put(key, value instanceof Class<?> type ? type.getName() : value));
        return all;
    }

    boolean autoRegister() {
        return getBoolean(SchemaRegistryConfig.AUTO_REGISTER);
    }

    boolean useLatestVersion() {
        return getBoolean(USE_LATEST_VERSION);
    }

    boolean latestStrict() {
        return getBoolean(LATEST_STRICT);
    }

    /** How long the newest version is remembered; null for always. */
    @Nullable
    Duration latestCache() {
        long seconds = getLong(LATEST_CACHE_SECONDS);
        return seconds < 0 ? null : Duration.ofSeconds(seconds);
    }

    boolean specificReader() {
        return getBoolean(SPECIFIC_READER);
    }

    @Nullable
    String specificType(boolean isKey) {
        return getString(isKey ? SPECIFIC_KEY_TYPE : SPECIFIC_VALUE_TYPE);
    }

    boolean logicalTypes() {
        return getBoolean(LOGICAL_TYPES);
    }

    SubjectNameStrategy subjects(boolean isKey) {
        String key = isKey ? KEY_SUBJECT_STRATEGY : VALUE_SUBJECT_STRATEGY;
        String name = getString(key);
        return name == null
                ? SubjectNameStrategies.named(SUBJECT_STRATEGY, getString(SUBJECT_STRATEGY))
                : SubjectNameStrategies.named(key, name);
    }
}
