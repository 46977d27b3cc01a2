package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The order that rows are read in, and how a place in it is kept as a source offset: whole numbers as numbers, anything else as the
 * database writes it.
 *
 * @param columns the columns that order the rows
 * @param keys what each is called in an offset
 * @param fixed what is in every offset besides
 */
record RowOrder(List<TableColumn> columns, List<String> keys, Map<String, Object> fixed) {

    /** The place of this offset; null when it tells none, or one in another order. */
    @Nullable
    List<String> place(@Nullable Map<String, Object> offset) {
        if (offset == null || !offset.keySet().containsAll(keys)) {
            return null;
        }
        return keys.stream().map(key -> String.valueOf(offset.get(key))).toList();
    }

    /** What a query has to select, behind a row's own columns. */
    List<String> expressions(Dialect dialect) {
        return columns.stream().map(column -> dialect.quote(column.name())).toList();
    }

    /** The current row's place, whose columns begin behind {@code before} others. */
    List<String> placeOf(ResultSet rows, int before) throws SQLException {
        List<String> place = new ArrayList<>(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            place.add(rows.getString(before + i + 1));
        }
        return place;
    }

    /** The offset that says: everything up to here is read. */
    Map<String, Object> offset(List<String> place, Dialect dialect) {
        Map<String, Object> offset = new LinkedHashMap<>(fixed);
        for (int i = 0; i < keys.size(); i++) {
            String text = place.get(i);
            boolean isWhole = dialect.family(columns.get(i)) == ColumnFamily.WHOLE;
            offset.put(keys.get(i), isWhole ? (Object) Long.valueOf(text) : text);
        }
        return offset;
    }

    /** What finds the row at this place. */
    String key(List<String> place) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < place.size(); i++) {
            key.append(i == 0 ? "" : "&")
                    .append(columns.get(i).name())
                    .append('=')
                    .append(place.get(i));
        }
        return key.toString();
    }

    @Override
    public String toString() {
        return columns.stream().map(TableColumn::name).collect(Collectors.joining(", "));
    }
}
