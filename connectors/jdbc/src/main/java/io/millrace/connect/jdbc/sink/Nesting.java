package io.millrace.connect.jdbc.sink;

import java.util.Locale;

/** What becomes of structs, arrays and maps within a record. */
enum Nesting {
    /** One column of JSON each. */
    JSON,
    /** A column per field of a struct; arrays and maps are JSON. */
    FLATTEN,
    /** A column per field of a struct; arrays are rows of a table of their own, maps are JSON. */
    CHILD;

    static Nesting of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
