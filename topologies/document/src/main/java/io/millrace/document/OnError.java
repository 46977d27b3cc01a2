package io.millrace.document;

/** What happens to a row on which an expression fails: a bad cast, an overflow, a division by zero. */
public enum OnError {
    /** The row goes to quarantine and no further. */
    QUARANTINE,
    /** What failed is null, if a column is what failed; else the row goes to quarantine. */
    NULL,
    /** The pipeline fails. */
    FAIL
}
