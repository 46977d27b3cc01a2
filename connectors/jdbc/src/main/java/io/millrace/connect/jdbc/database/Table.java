package io.millrace.connect.jdbc.database;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table that there is.
 *
 * @param name its name, with its schema
 * @param columns its columns, in its order
 * @param uniqueKeys the column sets that no two rows agree in, the primary key first; their columns may be nullable
 */
public record Table(TableName name, List<TableColumn> columns, List<List<String>> uniqueKeys) {

    public Table {
        columns = List.copyOf(columns);
        uniqueKeys = List.copyOf(uniqueKeys);
    }

    /** The column that {@code wanted} means: letter for letter, or else the only one that differs in case alone. */
    public Optional<TableColumn> column(String wanted) {
        Optional<TableColumn> exact =
                columns.stream().filter(column -> column.name().equals(wanted)).findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<TableColumn> alike = columns.stream()
                .filter(column -> column.name().toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT)))
                .toList();
        return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
    }

    /** Whether these columns, or some of them, tell every row from every other, and none of them can be null. */
    public boolean isUnique(List<TableColumn> candidates) {
        Set<String> names = candidates.stream().map(TableColumn::name).collect(Collectors.toSet());
        return candidates.stream().noneMatch(TableColumn::nullable)
                && uniqueKeys.stream().anyMatch(names::containsAll);
    }

    /** Whether a unique key holds exactly these columns, in any order: what an upsert needs. */
    public boolean hasUniqueKey(List<String> names) {
        return uniqueKeys.stream().anyMatch(key -> new HashSet<>(key).equals(new HashSet<>(names)));
    }

    /** The columns of the first unique key without nullable columns; empty when there is none. */
    public List<TableColumn> rowKey() {
        for (List<String> key : uniqueKeys) {
            List<TableColumn> keyColumns =
                    key.stream().map(this::column).flatMap(Optional::stream).toList();
            if (keyColumns.size() == key.size() && isUnique(keyColumns)) {
                return keyColumns;
            }
        }
        return List.of();
    }

    /** Its columns for a message, with a guess at which one {@code wanted} means. */
    public String columnsLike(String wanted) {
        List<String> names = columns.stream().map(TableColumn::name).toList();
        return NearestName.of(wanted, names)
                        .map(nearest -> "did you mean '" + nearest + "'? ")
                        .orElse("")
                + "It has " + String.join(", ", names);
    }
}
