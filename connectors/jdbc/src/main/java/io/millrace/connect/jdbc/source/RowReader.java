package io.millrace.connect.jdbc.source;

import io.millrace.connect.common.RowShape;
import io.millrace.connect.jdbc.database.Dialect;
import java.util.List;

/**
 * What rows are made of.
 *
 * @param shape the rows' schemas
 * @param columns how to read each of the shape's columns
 */
record RowReader(RowShape shape, List<ColumnReader> columns) {

    RowReader {
        columns = List.copyOf(columns);
    }

    /** What a query has to select. */
    List<String> expressions(Relation relation, Dialect dialect) {
        return columns.stream()
                .map(column -> column.expression(relation, dialect))
                .toList();
    }
}
