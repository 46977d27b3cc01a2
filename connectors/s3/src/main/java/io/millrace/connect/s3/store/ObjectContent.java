package io.millrace.connect.s3.store;

import java.io.IOException;
import java.io.InputStream;

/**
 * An object that is being read.
 *
 * @param etag of the content that is read, which may be newer than the listing
 * @param modified what stands for an ETag where listings have none
 * @param size its bytes; -1 when the server does not say
 * @param bytes the content; a fault of the transfer is a {@link BrokenTransferException}
 */
public record ObjectContent(String etag, String modified, long size, InputStream bytes) implements AutoCloseable {

    /** This content's version, told by the same as {@code other} is: listings may lack what a single answer has. */
    public String versionAs(String other) {
        return ObjectVersion.isModified(other) ? modified : etag;
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
