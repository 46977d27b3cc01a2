package io.millrace.connect.s3.read;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952), of one member or many. The JDK's own stream takes garbage, and even a member that has not arrived yet, for
 * the end of the content; here the end is where the bytes end, zeros as padding apart, and everything else is an error. What could be
 * unpacked before an error is handed out before it.
 */
final class GzipStream extends InputStream {

    static final int MAGIC_1 = 0x1f;
    static final int MAGIC_2 = 0x8b;

    private static final int HEADER_CHECKSUM = 2;
    private static final int EXTRA = 4;
    private static final int NAME = 8;
    private static final int COMMENT = 16;

    private final PushbackInputStream in;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 checksum = new CRC32();
    private final byte[] packed = new byte[16 * 1024];
    private int packedLength;
    private boolean isAtEnd;
    private boolean isInMember;

    GzipStream(InputStream in) {
        this.in = new PushbackInputStream(in, packed.length);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!isAtEnd) {
            if (!isInMember && !beginMember()) {
                isAtEnd = true;
                break;
            }
            int count = inflate(target, offset, length);
            if (count > 0) {
                checksum.update(target, offset, count);
                return count;
            }
            if (inflater.finished()) {
                endMember();
            } else {
                fill();
            }
        }
        return -1;
    }

    private int inflate(byte[] target, int offset, int length) throws ZipException {
        try {
            int count = inflater.inflate(target, offset, length);
            if (inflater.needsDictionary()) {
                throw new ZipException("it wants a dictionary, which gzip does not have");
            }
            return count;
        } catch (DataFormatException e) {
            ZipException fault = new ZipException("the packed data is damaged: " + e.getMessage());
            fault.initCause(e);
            throw fault;
        }
    }

    private void fill() throws IOException {
        packedLength = in.read(packed);
        if (packedLength < 0) {
            throw new EOFException("it ends in the middle of the packed data");
        }
        inflater.setInput(packed, 0, packedLength);
    }

    /** Reads a member's header; false when there is no further member. */
    private boolean beginMember() throws IOException {
        int first = in.read();
        while (first == 0) {
            first = in.read();
        }
        if (first < 0) {
            return false;
        }
        if (first != MAGIC_1 || in.read() != MAGIC_2 || in.read() != 8) {
            throw new ZipException("there is something other than gzip behind it");
        }
        int flags = octet();
        skip(6);
        if ((flags & EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CHECKSUM) != 0) {
            skip(2);
        }
        inflater.reset();
        checksum.reset();
        isInMember = true;
        return true;
    }

    private void endMember() throws IOException {
        // What the inflater took but did not need is the trailer and what follows.
        int unused = inflater.getRemaining();
        in.unread(packed, packedLength - unused, unused);
        long length = inflater.getBytesWritten() & 0xffff_ffffL;
        if (number() != checksum.getValue() || number() != length) {
            throw new ZipException("its checksum does not match: the rows before this are not to be trusted either");
        }
        isInMember = false;
    }

    private int octet() throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException("it ends in the middle of a header or trailer");
        }
        return read;
    }

    private long number() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            octet();
        }
    }

    private void skipText() throws IOException {
        int read = octet();
        while (read != 0) {
            read = octet();
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
