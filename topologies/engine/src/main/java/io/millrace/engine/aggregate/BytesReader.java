package io.millrace.engine.aggregate;

import java.util.Arrays;

/** Reads what {@link BytesWriter} wrote. */
final class BytesReader {

    private final byte[] bytes;
    private int position;
    private int mask;

    BytesReader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Turns over every bit of what is read from now on, or no longer. */
    void invert() {
        mask ^= 0xFF;
    }

    boolean isAtEnd() {
        return position == bytes.length;
    }

    int readByte() {
        return (bytes[position++] & 0xFF) ^ mask;
    }

    byte[] read(int count) {
        byte[] read = Arrays.copyOfRange(bytes, position, position + count);
        position += count;
        return read;
    }

    long readBigEndian(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = (value << 8) | readByte();
        }
        return value;
    }

    long readVarint() {
        long rest = 0;
        int shift = 0;
        int next;
        do {
            next = readByte();
            rest |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while ((next & 0x80) != 0);
        return (rest >>> 1) ^ -(rest & 1);
    }

    byte[] readSized() {
        return read(Math.toIntExact(readVarint()));
    }
}
