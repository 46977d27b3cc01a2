package io.millrace.connect.jdbc.sink;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Says which fields become columns, and what these are called.
 *
 * @param included the fields that do; all when empty
 * @param excluded the fields that do not
 * @param renamed the columns of fields that have a name of their own
 * @param template makes the names of the other columns
 */
record ColumnNaming(Set<String> included, Set<String> excluded, Map<String, String> renamed, NameTemplate template) {

    static final String INCLUDE = "fields.include";
    static final String EXCLUDE = "fields.exclude";
    static final String RENAME = "fields.rename";
    static final String TEMPLATE = "column";

    private static final String VARIABLE = "field";

    ColumnNaming {
        included = Set.copyOf(included);
        excluded = Set.copyOf(excluded);
        renamed = Map.copyOf(renamed);
    }

    static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        INCLUDE,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "The fields of the value that become columns; when empty, all. The primary key's always do",
                        "Columns",
                        1,
                        ConfigDef.Width.LONG,
                        "Fields")
                .define(
                        EXCLUDE,
                        Type.LIST,
                        List.of(),
                        Importance.MEDIUM,
                        "Fields of the value that do not become columns",
                        "Columns",
                        2,
                        ConfigDef.Width.LONG,
                        "Fields left out")
                .define(
                        RENAME,
                        Type.LIST,
                        List.of(),
                        NamePairs.VALIDATOR,
                        Importance.MEDIUM,
                        "Columns that are not called as their fields, each as FIELD:COLUMN",
                        "Columns",
                        3,
                        ConfigDef.Width.LONG,
                        "Renamed fields")
                .define(
                        TEMPLATE,
                        Type.STRING,
                        "${field}",
                        NameTemplate.validator(VARIABLE),
                        Importance.LOW,
                        "What other columns are called; ${field:lower}, :upper and :snake change a field's letters. Names are quoted: they stay as they are",
                        "Columns",
                        4,
                        ConfigDef.Width.MEDIUM,
                        "Column names");
    }

    static ColumnNaming of(AbstractConfig config) {
        Set<String> included = Set.copyOf(config.getList(INCLUDE));
        Set<String> excluded = Set.copyOf(config.getList(EXCLUDE));
        included.stream().filter(excluded::contains).findFirst().ifPresent(field -> {
            throw new ConfigException(EXCLUDE, field, "it is in " + INCLUDE + ", too");
        });
        return new ColumnNaming(
                included,
                excluded,
                NamePairs.parse(RENAME, config.getList(RENAME)),
                NameTemplate.of(TEMPLATE, config.getString(TEMPLATE), VARIABLE));
    }

    boolean isWanted(String field) {
        return (included.isEmpty() || included.contains(field)) && !excluded.contains(field);
    }

    /** The column of a field. */
    String columnOf(String field) {
        String own = renamed.get(field);
        return own != null ? own : template.apply(field);
    }
}
