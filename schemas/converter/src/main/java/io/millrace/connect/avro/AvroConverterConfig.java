package io.millrace.connect.avro;

import io.apicurio.registry.utils.converter.avro.AvroDataConfig;
import io.millrace.schemas.serde.AvroSerdeConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The converter's keys: those of the Avro serializers, and those that say how Connect's schemas become Avro's. */
final class AvroConverterConfig {

    /** Keys of Confluent's converter that change what is written, and that this one does not know how to follow. */
    private static final List<String> UNSUPPORTED = List.of(
            "generalized.sum.type.support",
            "ignore.default.for.nullables",
            "scrub.invalid.names",
            "discard.type.doc.default",
            "allow.optional.map.keys");

    private AvroConverterConfig() {}

    /** Every key, with its documentation. */
    static ConfigDef definition() {
        ConfigDef all = new ConfigDef(AvroSerdeConfig.DEFINITION);
        AvroDataConfig.baseConfigDef().configKeys().values().forEach(all::define);
        return all;
    }

    /**
     * How Connect's schemas become Avro's.
     *
     * @throws ConfigException when a key asks for what this converter does not do
     */
    static AvroDataConfig mapping(Map<String, ?> config) {
        for (String key : UNSUPPORTED) {
            Object value = config.get(key);
            if (value != null && Boolean.parseBoolean(value.toString().strip())) {
                throw new ConfigException(
                        key, value, "this converter would write other data than asked for; remove the key");
            }
        }
        Map<String, Object> own = new HashMap<>();
        for (String key : AvroDataConfig.baseConfigDef().names()) {
            Object value = config.get(key);
            if (value != null) {
                own.put(key, value);
            }
        }
        return new AvroDataConfig(own);
    }
}
