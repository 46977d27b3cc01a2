package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The text of queries, every identifier quoted.
 *
 * @param dialect whose quotes and clauses they have
 */
record SourceStatements(Dialect dialect) {

    /** An order by a bare name would be one by what is selected under that name, such as a number's text. */
    private static final String ROW = "r";

    /** The rows of a table that meet a condition; all of them when it is empty. */
    String select(TableName table, List<String> expressions, String condition) {
        return from(table, expressions) + where(Stream.of(condition));
    }

    private String from(TableName table, List<String> expressions) {
        return "SELECT " + String.join(", ", expressions) + " FROM " + dialect.name(table) + " AS " + ROW;
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
}
