package io.millrace.connect.jdbc.sink;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** Lists of {@code from:to} in a configuration. */
final class NamePairs {

    static final ConfigDef.Validator VALIDATOR = ConfigDef.LambdaValidator.with(
            (key, value) -> {
                if (value instanceof List<?> pairs) {
                    parse(key, pairs.stream().map(String::valueOf).toList());
                }
            },
            () -> "FROM:TO, ...");

    private NamePairs() {}

    static Map<String, String> parse(String key, List<String> pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String pair : pairs) {
            int colon = pair.indexOf(':');
            if (colon < 1 || colon == pair.length() - 1) {
                throw new ConfigException(key, pair, "expected FROM:TO");
            }
            String from = pair.substring(0, colon).strip();
            if (names.put(from, pair.substring(colon + 1).strip()) != null) {
                throw new ConfigException(key, pair, "'" + from + "' is there twice");
            }
        }
        return names;
    }
}
