package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The queries for a relation's rows, every identifier quoted, every value a parameter.
 *
 * @param dialect whose quotes and clauses they have
 * @param relation where the rows are
 * @param expressions what is selected
 * @param condition what rows meet, in SQL; empty for all
 * @param order the columns that order the rows; none for no order
 */
record SourceStatements(
        Dialect dialect, Relation relation, List<String> expressions, String condition, List<TableColumn> order) {

    /** All rows, without an order when there is none. */
    Query all() {
        return query(RowRange.ALL, 0);
    }

    /**
     * The rows of a range in their order.
     *
     * @param most how many at most; 0 for all
     */
    Query query(RowRange range, int most) {
        Query.Builder query = new Query.Builder();
        query.add("SELECT ").add(String.join(", ", expressions)).add(" FROM ").add(relation.from(dialect));
        String word = " WHERE ";
        if (range.from() != null) {
            query.add(word);
            bound(query, range.from(), true);
            word = " AND ";
        }
        if (range.to() != null) {
            query.add(word);
            bound(query, range.to(), false);
            word = " AND ";
        }
        for (TableColumn column : order) {
            String exists = column.nullable() ? relation.column(column, dialect) + " IS NOT NULL" : "";
            String finite = dialect.finite(column, relation.column(column, dialect));
            for (String part : List.of(exists, finite)) {
                if (!part.isEmpty()) {
                    query.add(word).add(part);
                    word = " AND ";
                }
            }
        }
        if (!condition.isEmpty()) {
            query.add(word).add(condition);
        }
        if (!order.isEmpty()) {
            query.add(
                    order.stream().map(column -> ordered(column)).collect(Collectors.joining(", ", " ORDER BY ", "")));
        }
        return query.add(most > 0 ? dialect.firstRows(most) : "").build();
    }

    /** The greatest value of the order's first column. */
    Query greatest() {
        TableColumn lead = order.get(0);
        Query.Builder query = new Query.Builder();
        String column = relation.column(lead, dialect);
        query.add("SELECT ")
                .add(dialect.placeText(lead, column))
                .add(" FROM ")
                .add(relation.from(dialect))
                .add(" WHERE ")
                .add(column)
                .add(" IS NOT NULL");
        String finite = dialect.finite(lead, column);
        if (!finite.isEmpty()) {
            query.add(" AND ").add(finite);
        }
        return query.add(" ORDER BY ")
                .add(ordered(lead))
                .add(" DESC")
                .add(dialect.firstRows(1))
                .build();
    }

    private String ordered(TableColumn column) {
        return dialect.placeOrder(column, relation.column(column, dialect));
    }

    private void bound(Query.Builder query, RowRange.Bound bound, boolean isLower) {
        String strict = isLower ? " > " : " < ";
        String last = strict.strip() + (bound.isInclusive() ? "= " : " ");
        List<String> values = bound.place();
        if (values.size() == 1) {
            query.add(ordered(order.get(0))).add(" " + last).add(parameter(0), values.get(0));
        } else if (dialect.comparesRows()) {
            query.add(order.subList(0, values.size()).stream()
                    .map(this::ordered)
                    .collect(Collectors.joining(", ", "(", ") ")));
            query.add(last).add("(");
            for (int i = 0; i < values.size(); i++) {
                query.add(i == 0 ? "" : ", ").add(parameter(i), values.get(i));
            }
            query.add(")");
        } else {
            columnByColumn(query, values, strict, last);
        }
    }

    /** For a database that has no comparison of rows, or no index for it: the first column bounds the search. */
    private void columnByColumn(Query.Builder query, List<String> values, String strict, String last) {
        query.add(ordered(order.get(0)))
                .add(strict.stripTrailing() + "= ")
                .add(parameter(0), values.get(0))
                .add(" AND (");
        for (int depth = 0; depth < values.size(); depth++) {
            query.add(depth == 0 ? "(" : " OR (");
            for (int i = 0; i < depth; i++) {
                query.add(ordered(order.get(i)))
                        .add(" = ")
                        .add(parameter(i), values.get(i))
                        .add(" AND ");
            }
            boolean isLast = depth == values.size() - 1;
            query.add(ordered(order.get(depth)))
                    .add(isLast ? " " + last : strict)
                    .add(parameter(depth), values.get(depth))
                    .add(")");
        }
        query.add(")");
    }

    private String parameter(int column) {
        return dialect.parameterFromText(order.get(column));
    }
}
