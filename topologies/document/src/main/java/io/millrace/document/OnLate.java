package io.millrace.document;

/** What happens to a row that comes when its window has closed. */
public enum OnLate {
    /** The row goes to quarantine. */
    QUARANTINE,
    /** The row is left out and counted. */
    DROP
}
