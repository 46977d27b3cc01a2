package io.millrace.engine.differential;

import io.millrace.document.InvalidDocumentException;
import java.util.List;
import java.util.Map;

/**
 * A query of one row and one column.
 *
 * @param name what it shows
 * @param columns of the relation {@code t}
 * @param row its only row
 * @param query the query
 */
record OneRowQuery(String name, String columns, Object[] row, String query) {

    /** What {@link #values} shows when the row is left out. */
    static final List<Object> NO_ROW = List.of();

    static Object[] row(Object... values) {
        return values;
    }

    /** The value of each row that it gives. */
    List<Object> values() throws InvalidDocumentException {
        SqlResult result = SqlRun.plan(List.of(RelationSpec.stream("t", columns)), Map.of("s", query))
                .run(List.of(Input.row("t", row)));
        if (!result.quarantine().isEmpty()) {
            throw new AssertionError(result.quarantine().toString());
        }
        return result.step("s").records().stream()
                .map(record -> record.value()[0])
                .toList();
    }

    @Override
    public String toString() {
        return name;
    }
}
