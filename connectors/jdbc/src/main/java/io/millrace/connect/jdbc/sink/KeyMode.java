package io.millrace.connect.jdbc.sink;

import java.util.Locale;

/** Where the fields of a table's primary key are. */
public enum KeyMode {
    RECORD_KEY,
    RECORD_VALUE,
    NONE;

    static KeyMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
