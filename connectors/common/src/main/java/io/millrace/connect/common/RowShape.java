package io.millrace.connect.common;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The Connect schemas of a source's rows: a record of all columns, and one of the key columns.
 *
 * @param columns the columns, in the order of the fields
 * @param value the schema of a row
 * @param key the schema of a row's key; null when rows have none
 */
public record RowShape(
        List<Column> columns, Schema value, @Nullable Schema key) {

    public RowShape {
        columns = List.copyOf(columns);
    }

    /**
     * The shape of rows on {@code topic}. The record is named after the topic, with what a name may not hold as underscores; the
     * key's name is that with {@code Key} behind.
     *
     * @throws ConfigException when a key column is not a column
     */
    public static RowShape of(String topic, List<Column> columns, List<String> keyColumns) {
        String name = recordName(topic);
        SchemaBuilder value = SchemaBuilder.struct().name(name);
        for (Column column : columns) {
            value.field(column.name(), schema(column, column.nullable()));
        }
        if (keyColumns.isEmpty()) {
            return new RowShape(columns, value.build(), null);
        }
        SchemaBuilder key = SchemaBuilder.struct().name(name + "Key");
        for (String keyColumn : keyColumns) {
            Column column = columns.stream()
                    .filter(candidate ->
                            candidate.name().toLowerCase(Locale.ROOT).equals(keyColumn.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new ConfigException(
                            SourceOptions.KEY_COLUMNS,
                            String.join(",", keyColumns),
                            "'" + keyColumn + "' is not a column; there are "
                                    + String.join(
                                            ", ",
                                            columns.stream().map(Column::name).toList())));
            key.field(column.name(), schema(column, column.nullable()));
        }
        return new RowShape(columns, value.build(), key.build());
    }

    private static Schema schema(Column column, boolean isOptional) {
        SchemaBuilder schema = column.type().schema();
        return isOptional ? schema.optional().build() : schema.build();
    }

    /** The key of a row, or null when rows have none. */
    public @Nullable Struct keyOf(Struct row) {
        if (key == null) {
            return null;
        }
        Struct struct = new Struct(key);
        key.fields().forEach(field -> struct.put(field.name(), row.get(field.name())));
        return struct;
    }

    /** A topic's name as an Avro record's: {@code flights.late-ones} becomes {@code flights_late_ones}. */
    static String recordName(String topic) {
        String name = topic.replaceAll("[^A-Za-z0-9_]", "_");
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }
}
