package io.millrace.engine.aggregate;

import java.util.Arrays;

/** Bytes in the making. */
final class BytesWriter {

    private byte[] bytes = new byte[32];
    private int size;

    int size() {
        return size;
    }

    void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    void write(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, size, source.length);
        size += source.length;
    }

    /** The lowest {@code count} bytes of a number, highest first. */
    void writeBigEndian(long value, int count) {
        reserve(count);
        for (int i = count - 1; i >= 0; i--) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
    }

    /** A number in one to ten bytes: the nearer to zero, the fewer. */
    void writeVarint(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            writeByte((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        writeByte((int) rest);
    }

    void writeSized(byte[] source) {
        writeVarint(source.length);
        write(source);
    }

    /** Turns over every bit from {@code start} on, which turns their order around. */
    void invert(int start) {
        for (int i = start; i < size; i++) {
            bytes[i] = (byte) ~bytes[i];
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void reserve(int count) {
        if (size + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + count));
        }
    }
}
