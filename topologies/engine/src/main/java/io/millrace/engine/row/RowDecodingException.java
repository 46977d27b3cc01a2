package io.millrace.engine.row;

import org.jspecify.annotations.Nullable;

/** A record's bytes cannot be read as a row of its relation. */
public final class RowDecodingException extends Exception {

    public RowDecodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
