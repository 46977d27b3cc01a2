package io.millrace.connect.jdbc.sink;

import java.util.List;
import java.util.stream.Collectors;

/** The clause that PostgreSQL and SQLite share. */
final class StandardConflict {

    private StandardConflict() {}

    static String replace(SinkDialect dialect, List<String> keyColumns, List<String> otherColumns) {
        String target = keyColumns.stream().map(dialect::quote).collect(Collectors.joining(", ", "(", ")"));
        if (otherColumns.isEmpty()) {
            return "ON CONFLICT " + target + " DO NOTHING";
        }
        return otherColumns.stream()
                .map(column -> dialect.quote(column) + " = EXCLUDED." + dialect.quote(column))
                .collect(Collectors.joining(", ", "ON CONFLICT " + target + " DO UPDATE SET ", ""));
    }
}
