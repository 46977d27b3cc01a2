package io.millrace.cli.stack;

import org.jspecify.annotations.Nullable;

/** The stack cannot be started or stopped; the message says what is in the way and how to mend it. */
public final class StackException extends Exception {

    public StackException(@Nullable String message) {
        super(message);
    }

    public StackException(@Nullable String message, Throwable cause) {
        super(message, cause);
    }
}
