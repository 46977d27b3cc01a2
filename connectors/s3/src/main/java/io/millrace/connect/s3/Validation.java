package io.millrace.connect.s3;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** Adds to what a definition finds wrong with single values what is wrong with them together. */
final class Validation {

    private Validation() {}

    /**
     * Reads a configuration whose single values are sound, and puts what is wrong with it beside the value that it is about.
     *
     * @param single what is known of the single values
     * @param read reads the configuration, or throws what is wrong with it
     * @param otherwise the key that a fault is shown at whose message names none
     */
    static Config together(
            Config single, Map<String, String> properties, Consumer<Map<String, String>> read, String otherwise) {
        boolean isSound = single.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty());
        if (isSound) {
            try {
                read.accept(properties);
            } catch (ConfigException e) {
                String message = String.valueOf(e.getMessage());
                about(single, message, otherwise).addErrorMessage(message);
            }
        }
        return single;
    }

    private static ConfigValue about(Config config, String message, String otherwise) {
        return config.configValues().stream()
                .filter(value -> message.endsWith("configuration " + value.name())
                        || message.contains("configuration " + value.name() + ":"))
                .findFirst()
                .orElseGet(() -> config.configValues().stream()
                        .filter(value -> value.name().equals(otherwise))
                        .findFirst()
                        .orElseThrow());
    }
}
