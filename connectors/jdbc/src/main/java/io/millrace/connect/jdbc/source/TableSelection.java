package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * Which tables are read when it is not one.
 *
 * @param include patterns of which one has to match a table's name or its {@code SCHEMA.NAME}
 * @param exclude patterns of which none may
 */
record TableSelection(List<Pattern> include, List<Pattern> exclude) {

    static final String TABLE_MARK = "${table}";
    static final String SCHEMA_MARK = "${schema}";

    /** Lets a list hold regular expressions only. */
    static final ConfigDef.Validator VALIDATOR = new ConfigDef.Validator() {
        @Override
        public void ensureValid(String key, Object value) {
            if (value instanceof List<?> patterns) {
                patterns.forEach(pattern -> compile(key, String.valueOf(pattern)));
            }
        }

        @Override
        public String toString() {
            return "regular expressions";
        }
    };

    static TableSelection of(AbstractConfig config) {
        return new TableSelection(
                patterns(config, SourceDefinition.TABLES_INCLUDE), patterns(config, SourceDefinition.TABLES_EXCLUDE));
    }

    private static List<Pattern> patterns(AbstractConfig config, String key) {
        return config.getList(key).stream()
                .map(pattern -> compile(key, pattern))
                .toList();
    }

    private static Pattern compile(String key, String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new ConfigException(
                    key, pattern, "it is no regular expression: " + e.getDescription() + " at " + e.getIndex());
        }
    }

    boolean isEmpty() {
        return include.isEmpty();
    }

    boolean selects(TableName table) {
        return matches(include, table) && !matches(exclude, table);
    }

    /** Whether a pattern speaks of a schema, so that tables outside of the search path are looked at too. */
    boolean namesSchemas() {
        return include.stream().anyMatch(pattern -> pattern.pattern().contains("\\."));
    }

    private static boolean matches(List<Pattern> patterns, TableName table) {
        return patterns.stream()
                .anyMatch(pattern -> pattern.matcher(table.name()).matches()
                        || pattern.matcher(table.toString()).matches());
    }

    /** The topic of a table. */
    static String topic(String template, TableName table) {
        return template.replace(TABLE_MARK, table.name())
                .replace(SCHEMA_MARK, table.schema() == null ? "" : table.schema());
    }
}
