package io.millrace.document;

/** When a windowed aggregate gives its results. */
public enum Emit {
    /** With each row that changes them. */
    ON_CHANGE,
    /** Once, when the window closes. */
    ON_CLOSE
}
