package io.millrace.engine.plan;

/** An application that starts has state of another form than its plan reads; the message names it, what changed and what to do. */
public final class UnreadableStateException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableStateException(String message) {
        super(message);
    }
}
