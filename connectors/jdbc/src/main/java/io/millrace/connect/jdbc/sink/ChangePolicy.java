package io.millrace.connect.jdbc.sink;

import java.util.Locale;

/** What to do when a table is not as its records want it. */
enum ChangePolicy {
    /** Write what fits. */
    IGNORE,
    /** Change the table. */
    EVOLVE,
    /** Wait until somebody has changed it. */
    PAUSE,
    /** Give up. */
    FAIL;

    static final String[] NAMES = {"ignore", "evolve", "pause", "fail"};

    static ChangePolicy of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
