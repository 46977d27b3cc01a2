package io.millrace.connect.jdbc.sink;

import org.apache.kafka.connect.errors.RetriableException;

/** A table is not as its records want it, and somebody else is to change it: until then they wait. */
final class TablePausedException extends RetriableException {

    /** How long to wait before the table is looked at again, in milliseconds. */
    static final long WAIT_MS = 10_000;

    TablePausedException(String message) {
        super(message);
    }
}
