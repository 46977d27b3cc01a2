package io.millrace.connect.jdbc;

import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** Looks at how the values of a configuration go together, and writes errors to the key that has to change. */
record ConfigCheck(Config config) {

    /** Whether nothing is wrong with any value by itself; only then does it make sense to look at them together. */
    boolean isSound() {
        return config.configValues().stream()
                .allMatch(value -> value.errorMessages().isEmpty());
    }

    /**
     * Reads the configuration as a task would, and writes what is thrown to the key that it is about.
     *
     * @param otherwise the key for an error that names none
     */
    void attempt(String otherwise, Runnable reading) {
        try {
            reading.run();
        } catch (ConfigException e) {
            String message = String.valueOf(e.getMessage());
            ConfigValue about = null;
            for (ConfigValue value : config.configValues()) {
                boolean isNamed = message.contains("configuration " + value.name() + ":");
                if (isNamed || (about == null && value.name().equals(otherwise))) {
                    about = value;
                }
            }
            if (about != null) {
                about.addErrorMessage(message);
            }
        }
    }
}
