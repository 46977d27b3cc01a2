package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Says which table a topic's records go to.
 *
 * @param schema makes the schema's name; null when the connection's search path decides
 * @param name makes the table's own name
 * @param byTopic the tables of topics that have one of their own
 */
record TableRouting(@Nullable NameTemplate schema, NameTemplate name, Map<String, TableName> byTopic) {

    static final String TABLE = "table";
    static final String TABLES = "table.by.topic";

    private static final String VARIABLE = "topic";
    private static final String WHOLE = "${topic}";
    private static final Pattern HIDDEN_DOTS = Pattern.compile("(\\$\\{[a-z]+)\\.(-?[0-9]+)");
    private static final String HIDDEN_DOT = "$1\u0000$2";

    TableRouting {
        byTopic = Map.copyOf(byTopic);
    }

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        TABLE,
                        Type.STRING,
                        "",
                        ConfigDef.LambdaValidator.with(
                                (key, value) -> template(String.valueOf(value)), () -> "TABLE or SCHEMA.TABLE"),
                        Importance.HIGH,
                        "The table to write, with its schema or without; when empty, the topic's name with underscores for its dots. ${topic} stands for that, ${topic.2} for the second part of the topic's name between dots, ${topic.-1} for its last, and ${topic:lower}, :upper and :snake for other letters",
                        "Table",
                        1,
                        ConfigDef.Width.MEDIUM,
                        "Table")
                .define(
                        TABLES,
                        Type.LIST,
                        List.of(),
                        NamePairs.VALIDATOR,
                        Importance.MEDIUM,
                        "Tables of single topics, each as TOPIC:TABLE; other topics go by table",
                        "Table",
                        7,
                        ConfigDef.Width.LONG,
                        "Tables by topic");
    }

    static TableRouting of(AbstractConfig config) {
        Map<String, String> pairs = NamePairs.parse(TABLES, config.getList(TABLES));
        Map<String, TableName> byTopic = new HashMap<>();
        pairs.forEach((topic, table) -> byTopic.put(topic, TableName.parse(TABLES, table)));
        TableRouting template = template(config.getString(TABLE));
        return new TableRouting(template.schema(), template.name(), byTopic);
    }

    /** A placeholder's dot does not part the schema from the table. */
    private static TableRouting template(String text) {
        if (text.isEmpty()) {
            return new TableRouting(null, new NameTemplate(WHOLE, VARIABLE), Map.of());
        }
        TableName parts = TableName.parse(TABLE, HIDDEN_DOTS.matcher(text).replaceAll(HIDDEN_DOT));
        return new TableRouting(
                parts.schema() == null ? null : part(parts.schema(), text), part(parts.name(), text), Map.of());
    }

    private static NameTemplate part(String part, String text) {
        try {
            return new NameTemplate(part.replace('\u0000', '.'), VARIABLE);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(TABLE, text, e.getMessage());
        }
    }

    TableName tableOf(String topic) {
        TableName own = byTopic.get(topic);
        return own != null ? own : new TableName(schema == null ? null : schema.apply(topic), name.apply(topic));
    }
}
