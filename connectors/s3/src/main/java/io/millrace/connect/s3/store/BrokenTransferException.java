package io.millrace.connect.s3.store;

import java.io.IOException;

/** An object's content stopped coming: a fault of the network or the server, not of the content. */
public final class BrokenTransferException extends IOException {

    public BrokenTransferException(String message) {
        super(message);
    }

    public BrokenTransferException(String message, Throwable cause) {
        super(message, cause);
    }
}
