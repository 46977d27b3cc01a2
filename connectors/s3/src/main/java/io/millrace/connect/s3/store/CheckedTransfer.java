package io.millrace.connect.s3.store;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of an object as it comes over the network. HTTP clients may take a connection that closes early for the end of the
 * content; here an end before the announced size is a {@link BrokenTransferException}, as is any other fault of reading.
 */
final class CheckedTransfer extends FilterInputStream {

    private final String place;
    private final long size;
    private final Runnable abort;
    private long count;

    /**
     * A transfer that has begun.
     *
     * @param size the announced bytes; -1 when none are
     * @param abort ends the transfer without reading the rest of it
     */
    CheckedTransfer(InputStream content, String place, long size, Runnable abort) {
        super(content);
        this.place = place;
        this.size = size;
        this.abort = abort;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        int read = read(one, 0, 1);
        return read < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read;
        try {
            read = in.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            throw new BrokenTransferException(place + ": the transfer broke after " + count + " bytes: " + e, e);
        }
        if (read < 0 && count < size) {
            throw new BrokenTransferException(place + ": the transfer ended after " + count + " of " + size + " bytes");
        }
        count += Math.max(read, 0);
        return read;
    }

    @Override
    public long skip(long length) {
        throw new UnsupportedOperationException("content is read from its start");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    @Override
    public void close() throws IOException {
        if (count < size) {
            abort.run();
        } else {
            in.close();
        }
    }
}
