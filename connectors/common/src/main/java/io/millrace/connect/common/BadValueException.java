package io.millrace.connect.common;

/** A value does not fit its column; the message names the column, the value and the type, and is for the one who owns the data. */
public final class BadValueException extends Exception {

    public BadValueException(String message) {
        super(message);
    }

    public BadValueException(String message, Throwable cause) {
        super(message, cause);
    }
}
