package io.millrace.connect.jdbc.database;

/** Kinds of values in a database, as far as reading them differs. */
public enum ColumnFamily {
    BOOLEAN,
    WHOLE,
    DECIMAL,
    FLOATING,
    TEXT,
    BYTES,
    DATE,
    TIME,
    /** Date and time of no zone, taken as UTC. */
    LOCAL_TIMESTAMP,
    /** A point in time. */
    INSTANT,
    /** Anything else: it can be read as text. */
    OTHER
}
