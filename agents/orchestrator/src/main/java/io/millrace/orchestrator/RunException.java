package io.millrace.orchestrator;

/** A run cannot start or did not end well; the message says what failed, where, and what the part itself said. */
public final class RunException extends Exception {

    /** Whose fault it is. */
    public enum Kind {
        /** The pipeline asks for what a part refuses: a configuration, a table, a bucket. */
        REFUSED,
        /** Something needed does not answer. */
        UNREACHABLE,
        /** It was running and failed. */
        FAILED
    }

    private final Kind kind;

    public RunException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public RunException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
