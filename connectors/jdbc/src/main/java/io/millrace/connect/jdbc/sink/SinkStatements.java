package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.TableName;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of statements that change tables, every identifier quoted.
 *
 * @param dialect whose quotes and clauses they have
 */
record SinkStatements(SinkDialect dialect) {

    /** Columns of the rows in which all {@code where} columns have the values given. */
    String select(TableName table, List<String> columns, List<String> where) {
        return columns.stream().map(dialect::quote).collect(Collectors.joining(", ", "SELECT ", " FROM "))
                + dialect.name(table) + " WHERE " + equal(where, " AND ");
    }

    /** The beginning of a statement that adds rows. */
    String insertInto(TableName table, List<String> columns) {
        return "INSERT INTO " + dialect.name(table) + " " + list(columns);
    }

    /** Columns in parentheses. */
    String list(List<String> columns) {
        return columns.stream().map(dialect::quote).collect(Collectors.joining(", ", "(", ")"));
    }

    /** One row, all of whose values are parameters. */
    String insert(TableName table, List<String> columns) {
        return insertInto(table, columns) + " VALUES (" + String.join(", ", Collections.nCopies(columns.size(), "?"))
                + ")";
    }

    /** One row, which replaces the one with the same key. */
    String upsert(TableName table, List<String> columns, List<String> keyColumns) {
        List<String> others =
                columns.stream().filter(column -> !keyColumns.contains(column)).toList();
        return insert(table, columns) + " " + dialect.replaceOnConflict(keyColumns, others);
    }

    /** New values in the row in which all {@code where} columns have the values given; both are parameters, in this order. */
    String update(TableName table, List<String> set, List<String> where) {
        return "UPDATE " + dialect.name(table) + " SET " + equal(set, ", ") + " WHERE " + equal(where, " AND ");
    }

    /** The row in which all these columns have the values given. */
    String delete(TableName table, List<String> where) {
        return "DELETE FROM " + dialect.name(table) + " WHERE " + equal(where, " AND ");
    }

    private String equal(List<String> columns, String separator) {
        return columns.stream().map(column -> dialect.quote(column) + " = ?").collect(Collectors.joining(separator));
    }

    /** A new table; {@code definitions} are its columns' names and types, {@code more} what follows its key. */
    String create(TableName table, List<String> definitions, List<String> keyColumns, String more) {
        String key = keyColumns.isEmpty() ? "" : ", PRIMARY KEY " + list(keyColumns);
        return "CREATE TABLE IF NOT EXISTS " + dialect.name(table) + " (" + String.join(", ", definitions) + key + more
                + ")";
    }
}
