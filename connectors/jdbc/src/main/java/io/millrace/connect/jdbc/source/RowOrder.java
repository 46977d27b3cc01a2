package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.ColumnFamily;
import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The order that rows are read in, and how a place in it is kept as a source offset: whole numbers as numbers, anything else as the
 * database writes it.
 *
 * @param columns the columns that order the rows
 * @param keys what each is called in an offset
 * @param fixed what is in every offset besides
 * @param families what each column holds
 */
record RowOrder(List<TableColumn> columns, List<String> keys, Map<String, Object> fixed, List<ColumnFamily> families) {

    RowOrder {
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        families = List.copyOf(families);
    }

    static RowOrder of(List<TableColumn> columns, List<String> keys, Map<String, Object> fixed, Dialect dialect) {
        return new RowOrder(
                columns, keys, fixed, columns.stream().map(dialect::family).toList());
    }

    boolean isNone() {
        return columns.isEmpty();
    }

    /** The place that an offset tells; null when it tells none, or one in another order. */
    @Nullable
    List<String> place(@Nullable Map<String, ?> offset) {
        if (offset == null || columns.isEmpty() || !offset.keySet().containsAll(keys)) {
            return null;
        }
        return keys.stream().map(key -> String.valueOf(offset.get(key))).toList();
    }

    /** What a query has to select, behind a row's own columns. */
    List<String> expressions(Relation relation, Dialect dialect) {
        return columns.stream()
                .map(column -> dialect.family(column) == ColumnFamily.WHOLE
                        ? dialect.typed(column, relation.column(column, dialect))
                        : dialect.placeText(column, relation.column(column, dialect)))
                .toList();
    }

    /** One column's value in a place, from its text. */
    Object value(int column, String text) {
        if (families.get(column) != ColumnFamily.WHOLE) {
            return text;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            // An unsigned number above those of a long
            return text;
        }
    }

    /** Whether the first column has points in time, of which each comes and goes. */
    boolean isOfMoments() {
        return families.get(0) == ColumnFamily.LOCAL_TIMESTAMP || families.get(0) == ColumnFamily.INSTANT;
    }

    /**
     * The first column's value in a place, as it compares with others.
     *
     * @throws ConnectException when it is none that others can come behind
     */
    Comparable<Object> lead(List<Object> place) {
        try {
            return comparable(place);
        } catch (IllegalArgumentException e) {
            throw new ConnectException(
                    "A row has '" + place.get(0) + "' in column '"
                            + columns.get(0).name()
                            + "', which new rows cannot be told by: mend the row, or leave it out by "
                            + SourceDefinition.WHERE,
                    e);
        }
    }

    @SuppressWarnings("unchecked")
    private Comparable<Object> comparable(List<Object> place) {
        Object value = place.get(0);
        Object lead = switch (families.get(0)) {
            case DECIMAL -> new BigDecimal((String) value);
            case FLOATING -> Double.valueOf((String) value);
            case DATE -> TemporalText.days((String) value);
            case TIME -> TemporalText.microsOfDay((String) value);
            case LOCAL_TIMESTAMP, INSTANT -> TemporalText.micros((String) value);
            case WHOLE -> {
                if (value instanceof Long) {
                    yield value;
                }
                throw new ConnectException("Column '" + columns.get(0).name() + "' has grown to " + value
                        + ", beyond what new rows can be told by: " + Long.MAX_VALUE);
            }
            default -> value;
        };
        return (Comparable<Object>) lead;
    }

    /** A place as parameters of a query. */
    static List<String> texts(List<Object> place) {
        if (place.size() == 1) {
            return List.of(String.valueOf(place.get(0)));
        }
        List<String> texts = new ArrayList<>(place.size());
        place.forEach(value -> texts.add(String.valueOf(value)));
        return texts;
    }

    /** The offset that says: everything up to here is read. */
    Map<String, Object> offset(List<Object> place) {
        if (place.size() == 1 && fixed.size() == 1) {
            Map.Entry<String, Object> first = fixed.entrySet().iterator().next();
            return Map.of(first.getKey(), first.getValue(), keys.get(0), place.get(0));
        }
        Map<String, Object> offset = new LinkedHashMap<>(fixed);
        for (int i = 0; i < place.size(); i++) {
            offset.put(keys.get(i), place.get(i));
        }
        return offset;
    }

    /** What finds a row that does not fit; nothing for others, of which nobody asks. */
    String key(FetchedRow row) {
        return row.value() == null ? key(row.place()) : "";
    }

    private String key(List<Object> place) {
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
