package io.millrace.connect.jdbc.source;

import java.util.Arrays;
import java.util.Locale;

/** Which rows of a table are read. */
public enum ReadMode {
    /** All, again and again. */
    BULK("bulk"),
    /** Those that are new by a column that only grows. */
    INCREMENTING("incrementing"),
    /** Those that are new or changed by the time in a column. */
    TIMESTAMP("timestamp"),
    /** The same, those of one time in the order of a column that only grows. */
    TIMESTAMP_INCREMENTING("timestamp+incrementing");

    private final String text;

    ReadMode(String text) {
        this.text = text;
    }

    static ReadMode of(String text) {
        return Arrays.stream(values())
                .filter(mode -> mode.text.equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    }

    static String[] texts() {
        return Arrays.stream(values()).map(ReadMode::toString).toArray(String[]::new);
    }

    /** Whether reading goes on behind what has been read. */
    boolean isTail() {
        return this != BULK;
    }

    boolean needsIncrementingColumn() {
        return this == INCREMENTING || this == TIMESTAMP_INCREMENTING;
    }

    boolean needsTimestampColumn() {
        return this == TIMESTAMP || this == TIMESTAMP_INCREMENTING;
    }

    @Override
    public String toString() {
        return text;
    }
}
