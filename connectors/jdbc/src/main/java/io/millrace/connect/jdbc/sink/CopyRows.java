package io.millrace.connect.jdbc.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Rows in the binary format of PostgreSQL's COPY, as
 * <a href="https://www.postgresql.org/docs/current/sql-copy.html">its manual</a> gives it, in a buffer that is used again and again.
 */
final class CopyRows {

    private static final byte[] SIGNATURE = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0};
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final int NULL_LENGTH = -1;

    private byte[] bytes = new byte[FIRST_CAPACITY];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    /** What comes before the first row. */
    void begin() {
        reserve(SIGNATURE.length + 8);
        System.arraycopy(SIGNATURE, 0, bytes, length, SIGNATURE.length);
        length += SIGNATURE.length;
        int32(0);
        int32(0);
    }

    /** What comes behind the last row. */
    void end() {
        int16(-1);
    }

    /** Begins a row of as many fields. */
    void row(int fields) {
        int16(fields);
    }

    void nothing() {
        int32(NULL_LENGTH);
    }

    void bool(boolean value) {
        int32(1);
        reserve(1);
        bytes[length++] = (byte) (value ? 1 : 0);
    }

    void int2(int value) {
        int32(2);
        int16(value);
    }

    void int4(int value) {
        int32(4);
        int32(value);
    }

    void int8(long value) {
        int32(8);
        int64(value);
    }

    void raw(byte[] value) {
        int32(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    void raw(ByteBuffer value) {
        int count = value.remaining();
        int32(count);
        reserve(count);
        value.get(value.position(), bytes, length, count);
        length += count;
    }

    /** A text behind a prefix byte, which counts as part of it. */
    void prefixed(int prefix, String value) {
        int start = length;
        int32(0);
        reserve(1);
        bytes[length++] = (byte) prefix;
        characters(value);
        lengthAt(start);
    }

    void text(String value) {
        int start = length;
        int32(0);
        characters(value);
        lengthAt(start);
    }

    private void characters(String value) {
        int count = value.length();
        reserve(count);
        int at = length;
        for (int i = 0; i < count; i++) {
            char character = value.charAt(i);
            if (character >= 0x80) {
                byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
                reserve(encoded.length);
                System.arraycopy(encoded, 0, bytes, length, encoded.length);
                length += encoded.length;
                return;
            }
            bytes[at++] = (byte) character;
        }
        length = at;
    }

    private void lengthAt(int start) {
        int end = length;
        length = start;
        int32(end - start - 4);
        length = end;
    }

    void int16(int value) {
        reserve(2);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    void int32(int value) {
        reserve(4);
        bytes[length++] = (byte) (value >>> 24);
        bytes[length++] = (byte) (value >>> 16);
        bytes[length++] = (byte) (value >>> 8);
        bytes[length++] = (byte) value;
    }

    void int64(long value) {
        int32((int) (value >>> 32));
        int32((int) value);
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, more)));
        }
    }
}
