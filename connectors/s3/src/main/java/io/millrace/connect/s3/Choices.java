package io.millrace.connect.s3;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** The values that a key may have: checks them, and offers them to whoever fills in a form. */
final class Choices implements ConfigDef.Validator, ConfigDef.Recommender {

    private final List<String> values;

    Choices(String... values) {
        this.values = List.of(values);
    }

    @Override
    public void ensureValid(String name, Object value) {
        if (!values.contains(String.valueOf(value))) {
            throw new ConfigException(name, value, "expected one of " + this);
        }
    }

    @Override
    public List<Object> validValues(String name, Map<String, Object> config) {
        return List.copyOf(values);
    }

    @Override
    public boolean visible(String name, Map<String, Object> config) {
        return true;
    }

    @Override
    public String toString() {
        return String.join(", ", values);
    }
}
