package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Table;
import io.millrace.connect.jdbc.database.TableColumn;

/**
 * What rows are read from.
 *
 * @param table its columns and keys; a query's own when it is one
 * @param query the query that gives the rows; empty when the table does
 */
record Relation(Table table, String query) {

    /** The name by which conditions and orders call it. A bare column could be an expression's name. */
    private static final String ROW = "r";

    boolean isTable() {
        return query.isEmpty();
    }

    /** For behind FROM. */
    String from(Dialect dialect) {
        return (query.isEmpty() ? dialect.name(table.name()) : "(" + query + ")") + " " + ROW;
    }

    String column(TableColumn column, Dialect dialect) {
        return ROW + "." + dialect.quote(column.name());
    }
}
