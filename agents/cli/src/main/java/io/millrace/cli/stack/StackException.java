package io.millrace.cli.stack;

/** The stack cannot be started or stopped; the message says what is in the way and how to mend it. */
public final class StackException extends Exception {

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
