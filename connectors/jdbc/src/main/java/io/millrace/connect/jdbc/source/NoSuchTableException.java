package io.millrace.connect.jdbc.source;

import org.apache.kafka.connect.errors.ConnectException;

/** A table is not there, or not for this user. */
final class NoSuchTableException extends ConnectException {

    NoSuchTableException(String message) {
        super(message);
    }
}
