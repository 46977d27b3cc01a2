package io.millrace.local;

/** Which ports a stack takes. */
public enum PortChoice {
    FIXED,
    FREE
}
