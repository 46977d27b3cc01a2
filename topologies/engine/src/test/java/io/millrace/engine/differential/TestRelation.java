package io.millrace.engine.differential;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A source with its content.
 *
 * @param spec the source
 * @param names its columns
 * @param types their types
 * @param inputs its records, of a stream in the order of event time, of a table in the order of its changes
 */
record TestRelation(RelationSpec spec, List<String> names, List<ColumnType> types, List<Input> inputs) {

    /** Where the event time stands in a row, or -1. */
    int timeColumn() {
        return spec.timeColumn() == null ? -1 : names.indexOf(spec.timeColumn());
    }

    /** What is in it at the end: all rows of a stream, the last of each key of a table. */
    List<Object[]> content() {
        if (!spec.isTable()) {
            return inputs.stream().map(Input::values).toList();
        }
        Map<List<Object>, Object[]> last = new LinkedHashMap<>();
        for (Input input : inputs) {
            List<Object> key = new ArrayList<>();
            spec.key().forEach(column -> key.add(input.values()[names.indexOf(column)]));
            if (input.isTombstone()) {
                last.remove(key);
            } else {
                last.put(key, input.values());
            }
        }
        return List.copyOf(last.values());
    }

    /** A row of a stream with its time alone, a year after the others. */
    Input farInTheFuture() {
        Object[] values = new Object[names.size()];
        values[names.indexOf("rid")] = -1L;
        values[timeColumn()] = (Long) inputs.get(inputs.size() - 1).values()[timeColumn()] + 365L * 24 * 3600 * 1000;
        return new Input(spec.name(), values, false);
    }

    void create(DuckDb duckDb) throws SQLException {
        duckDb.createTable(spec.name(), "row_position", names, types, content());
    }

    /** Its columns as a pipeline writes them. */
    static String columns(List<String> names, List<ColumnType> types, List<String> notNull) {
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            columns.add(names.get(i) + " " + types.get(i).here() + (notNull.contains(names.get(i)) ? " NOT NULL" : ""));
        }
        return String.join(", ", columns);
    }
}
