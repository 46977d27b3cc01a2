package io.millrace.connect.jdbc.sink;

import java.util.Locale;

/** What a record does to its table. */
public enum SinkMode {
    /** It adds a row. */
    INSERT(RowAction.INSERT),
    /** It adds a row or replaces the one with its key; without a value it takes that one away. */
    UPSERT(RowAction.UPSERT),
    /** It replaces the row with its key, if there is one; without a value it takes that one away. */
    UPDATE(RowAction.UPDATE);

    private final RowAction action;

    SinkMode(RowAction action) {
        this.action = action;
    }

    static SinkMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    RowAction action() {
        return action;
    }

    /** Whether rows are found by their primary key. */
    boolean isKeyed() {
        return this != INSERT;
    }
}
