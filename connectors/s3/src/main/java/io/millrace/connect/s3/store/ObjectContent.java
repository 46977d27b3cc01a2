package io.millrace.connect.s3.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object that is being read.
 *
 * @param etag of the content that is read, which may be newer than the listing
 * @param size its bytes
 * @param bytes the content; a fault of the transfer is a {@link BrokenTransferException}
 */
public record ObjectContent(String etag, long size, InputStream bytes) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
