package io.millrace.document;

/** What happens to a row that breaks a rule. */
public enum OnFailure {
    /** The row goes to quarantine and no further. */
    QUARANTINE,
    /** The row goes on and is counted. */
    WARN,
    /** The pipeline fails. */
    FAIL
}
