package io.millrace.engine.differential;

import java.time.Duration;
import java.util.List;

/**
 * A source of a pipeline under test.
 *
 * @param name its name
 * @param columns its columns as a pipeline writes them
 * @param isTable whether it is read {@code as: table}
 * @param key its key columns; empty for a stream
 * @param timeColumn the event-time column, or null
 * @param delay how late rows may come
 */
record RelationSpec(String name, String columns, boolean isTable, List<String> key, String timeColumn, Duration delay) {

    static RelationSpec stream(String name, String columns) {
        return new RelationSpec(name, columns, false, List.of(), null, Duration.ZERO);
    }

    static RelationSpec table(String name, String columns, String... key) {
        return new RelationSpec(name, columns, true, List.of(key), null, Duration.ZERO);
    }

    RelationSpec timed(String column, Duration newDelay) {
        return new RelationSpec(name, columns, isTable, key, column, newDelay);
    }
}
