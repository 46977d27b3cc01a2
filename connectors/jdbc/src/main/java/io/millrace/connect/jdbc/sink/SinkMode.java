package io.millrace.connect.jdbc.sink;

import java.util.Locale;

/** What a record does to its table. */
public enum SinkMode {
    /** It adds a row. */
    INSERT,
    /** It adds a row or replaces the one with its key; without a value it takes that one away. */
    UPSERT;

    static SinkMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
