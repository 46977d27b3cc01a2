package io.millrace.connect.jdbc.sink;

/** What a row does to its table. */
enum RowAction {
    /** It is added. */
    INSERT,
    /** It is added, or replaces the one with its key. */
    UPSERT,
    /** It replaces the one with its key, if there is one. */
    UPDATE,
    /** The one with its key goes. */
    DELETE
}
