package io.millrace.document;

/** What of a pipeline's needs its source connector is told, so that it reads and sends no more than that. */
public enum PushDown {
    /** Nothing: the source's topic holds every row, with every column, for whoever reads it. */
    NONE,
    /** Which columns are read. */
    COLUMNS,
    /** Which columns are read, and a condition that all rows that are read meet. */
    FILTERS
}
