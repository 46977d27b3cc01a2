package io.millrace.connect.jdbc.sink;

import java.util.Locale;

/** Where the fields of a table's primary key are. */
public enum KeyMode {
    RECORD_KEY,
    RECORD_VALUE,
    /** Headers of the record. */
    RECORD_HEADER,
    /** The record's topic, partition and offset. */
    KAFKA,
    NONE;

    /** Whether a record without a value has a key, by which its row can be found. */
    boolean isBesideTheValue() {
        return this == RECORD_KEY || this == RECORD_HEADER;
    }

    static KeyMode of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
