package io.millrace.connect.jdbc.database;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table.
 *
 * @param schema the schema that it is in; null when the connection's search path decides
 * @param name its own name
 */
public record TableName(@Nullable String schema, String name) {

    private static final String PART = "(?:\"((?:[^\"]|\"\")+)\"|([^.\"]+))";
    private static final Pattern NAME = Pattern.compile("(?:" + PART + "\\.)?" + PART);

    /** Lets a configuration's text be nothing or a table's name. */
    public static final ConfigDef.Validator VALIDATOR = new ConfigDef.Validator() {
        @Override
        public void ensureValid(String key, Object value) {
            if (value != null && !value.toString().isEmpty()) {
                parse(key, value.toString());
            }
        }

        @Override
        public String toString() {
            return "TABLE or SCHEMA.TABLE";
        }
    };

    /**
     * Reads {@code table} or {@code schema.table}; a part in double quotes may hold a dot.
     *
     * @param key the configuration key that it came from, for the error
     */
    public static TableName parse(String key, String text) {
        Matcher matcher = NAME.matcher(text.strip());
        if (!matcher.matches()) {
            throw new ConfigException(
                    key, text, "expected TABLE or SCHEMA.TABLE; a name with a dot in it goes in double quotes");
        }
        return new TableName(part(matcher, 1), String.valueOf(part(matcher, 3)));
    }

    private static @Nullable String part(Matcher matcher, int group) {
        String quoted = matcher.group(group);
        return quoted == null ? matcher.group(group + 1) : quoted.replace("\"\"", "\"");
    }

    /** The name as {@link #parse} reads it. */
    public String toText() {
        return schema == null ? part(name) : part(schema) + "." + part(name);
    }

    private static String part(String name) {
        return name.indexOf('.') < 0 && name.indexOf('"') < 0 && name.equals(name.strip())
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
