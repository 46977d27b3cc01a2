package io.millrace.registry;

/** The log could not be read or written; the same request may succeed later, unless the record is too large. */
final class SchemaLogException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** What went wrong, as far as a client can tell the difference. */
    enum Kind {
        FAILED,
        TIMED_OUT,
        TOO_LARGE
    }

    private final Kind kind;

    SchemaLogException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    SchemaLogException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
