package io.millrace.connect.jdbc;

import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of statements, every identifier quoted.
 *
 * @param dialect whose quotes and clauses they have
 */
record Statements(Dialect dialect) {

    /** An order by a bare name would be one by what is selected under that name, such as a number's text. */
    private static final String ROW = "r";

    /** A table's name. */
    String name(TableName table) {
        String name = dialect.quote(table.name());
        return table.schema() == null ? name : dialect.quote(table.schema()) + "." + name;
    }

    /** The rows of a table that meet a condition; all of them when it is empty. */
    String select(TableName table, List<String> expressions, String condition) {
        return from(table, expressions) + where(Stream.of(condition));
    }

    private String from(TableName table, List<String> expressions) {
        return "SELECT " + String.join(", ", expressions) + " FROM " + name(table) + " AS " + ROW;
    }

    private static String where(Stream<String> conditions) {
        String all = conditions.filter(condition -> !condition.isEmpty()).collect(Collectors.joining(" AND "));
        return all.isEmpty() ? "" : " WHERE " + all;
    }

    /** The first {@code limit} rows behind a place in the order; with a parameter per order column unless it is the first page. */
    String page(
            TableName table,
            List<String> expressions,
            String condition,
            List<TableColumn> order,
            boolean isFirst,
            int limit) {
        return from(table, expressions)
                + where(Stream.concat(behind(order, isFirst), Stream.of(condition)))
                + orderBy(order)
                + " FETCH FIRST " + limit + " ROWS ONLY";
    }

    /** All rows behind a value of one column, in its order; with a parameter unless it is the first time. */
    String tail(TableName table, List<String> expressions, String condition, TableColumn column, boolean isFirst) {
        return from(table, expressions)
                + where(Stream.concat(behind(List.of(column), isFirst), Stream.of(condition)))
                + orderBy(List.of(column));
    }

    private Stream<String> behind(List<TableColumn> order, boolean isFirst) {
        Stream<String> exists = order.stream()
                .filter(TableColumn::nullable)
                .map(column -> dialect.quote(column.name()) + " IS NOT NULL");
        if (isFirst) {
            return exists;
        }
        String after =
                row(order.stream().map(column -> dialect.quote(column.name())).toList()) + " > "
                        + row(order.stream().map(dialect::parameterFromText).toList());
        return Stream.concat(Stream.of(after), exists);
    }

    private static String row(List<String> values) {
        return values.size() == 1 ? values.get(0) : "(" + String.join(", ", values) + ")";
    }

    private String orderBy(List<TableColumn> order) {
        return order.stream()
                .map(column -> ROW + "." + dialect.quote(column.name()))
                .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }

    /** One row, all of whose values are parameters. */
    String insert(TableName table, List<String> columns) {
        return "INSERT INTO " + name(table)
                + columns.stream().map(dialect::quote).collect(Collectors.joining(", ", " (", ")")) + " VALUES ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
    }

    /** One row, which replaces the one with the same key. */
    String upsert(TableName table, List<String> columns, List<String> keyColumns) {
        List<String> others =
                columns.stream().filter(column -> !keyColumns.contains(column)).toList();
        return insert(table, columns) + " " + dialect.replaceOnConflict(keyColumns, others);
    }

    /** One row, unless there is one with the same key. */
    String insertIfAbsent(TableName table, List<String> columns) {
        return insert(table, columns) + " " + dialect.ignoreOnConflict();
    }

    /** New values in the row in which all {@code where} columns have the values given; both are parameters, in this order. */
    String update(TableName table, List<String> set, List<String> where) {
        return "UPDATE " + name(table) + " SET " + equal(set, ", ") + " WHERE " + equal(where, " AND ");
    }

    /** The row in which all these columns have the values given. */
    String delete(TableName table, List<String> where) {
        return "DELETE FROM " + name(table) + " WHERE " + equal(where, " AND ");
    }

    private String equal(List<String> columns, String separator) {
        return columns.stream().map(column -> dialect.quote(column) + " = ?").collect(Collectors.joining(separator));
    }

    /** A new table; {@code definitions} are its columns' names and types. */
    String create(TableName table, List<String> definitions, List<String> keyColumns) {
        String key = keyColumns.isEmpty()
                ? ""
                : keyColumns.stream().map(dialect::quote).collect(Collectors.joining(", ", ", PRIMARY KEY (", ")"));
        return "CREATE TABLE IF NOT EXISTS " + name(table) + " (" + String.join(", ", definitions) + key + ")";
    }
}
