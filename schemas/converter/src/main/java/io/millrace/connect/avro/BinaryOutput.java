package io.millrace.connect.avro;

import io.millrace.schemas.serde.WireFormat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of one message: room for the header of the wire format, then Avro's binary encoding, as the
 * <a href="https://avro.apache.org/docs/1.12.0/specification/#binary-encoding">specification</a> lays it out. Not thread-safe.
 */
final class BinaryOutput {

    /** Buffers that have grown beyond this are not kept. */
    private static final int MAX_KEPT_BYTES = 1 << 20;

    private static final int INITIAL_BYTES = 512;
    private static final int MAX_VARINT_BYTES = 10;
    private static final int MAX_LONG_DIGITS = 18;

    /** Above this, the JDK's own encoder is faster than a loop over characters. */
    private static final int MAX_SHORT_STRING = 48;

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] buffer = new byte[INITIAL_BYTES];
    private int length = WireFormat.HEADER_BYTES;

    /** Begins a message. */
    void clear() {
        length = WireFormat.HEADER_BYTES;
    }

    boolean isKept() {
        return buffer.length <= MAX_KEPT_BYTES;
    }

    /** What has been written since {@link #clear}, behind the header for {@code schemaId}. */
    byte[] message(int schemaId) {
        byte[] message = Arrays.copyOf(buffer, length);
        WireFormat.putHeader(message, schemaId);
        return message;
    }

    void writeBoolean(boolean value) {
        ensure(1);
        buffer[length++] = (byte) (value ? 1 : 0);
    }

    /** Writes which type of a union comes next, of 64 at most. */
    void writeIndex(int index) {
        ensure(1);
        buffer[length++] = (byte) (index << 1);
    }

    /** Writes an int or a long, which have one encoding. */
    void writeLong(long value) {
        ensure(MAX_VARINT_BYTES);
        long rest = (value << 1) ^ (value >> 63);
        int end = length;
        while ((rest & ~0x7FL) != 0) {
            buffer[end++] = (byte) ((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        buffer[end++] = (byte) rest;
        length = end;
    }

    void writeFloat(float value) {
        ensure(Float.BYTES);
        INTS.set(buffer, length, Float.floatToRawIntBits(value));
        length += Float.BYTES;
    }

    void writeDouble(double value) {
        ensure(Double.BYTES);
        LONGS.set(buffer, length, Double.doubleToRawLongBits(value));
        length += Double.BYTES;
    }

    void writeString(String value) {
        int size = value.length();
        if (size > MAX_SHORT_STRING || !writeAscii(value, size)) {
            writeBytes(value.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Writes nothing and is false where a character takes more than a byte. */
    private boolean writeAscii(String value, int size) {
        int start = length;
        writeLong(size);
        ensure(size);
        byte[] bytes = buffer;
        int first = length;
        int all = 0;
        for (int i = 0; i < size; i++) {
            char character = value.charAt(i);
            all |= character;
            bytes[first + i] = (byte) character;
        }
        boolean isAscii = all <= 0x7F;
        length = isAscii ? first + size : start;
        return isAscii;
    }

    void writeBytes(byte[] value) {
        writeBytes(value, 0, value.length);
    }

    /** Writes what remains in {@code value}, whose position stays. */
    void writeBytes(ByteBuffer value) {
        if (value.hasArray()) {
            writeBytes(value.array(), value.arrayOffset() + value.position(), value.remaining());
        } else {
            byte[] copy = new byte[value.remaining()];
            value.duplicate().get(copy);
            writeBytes(copy);
        }
    }

    private void writeBytes(byte[] value, int start, int size) {
        writeLong(size);
        ensure(size);
        System.arraycopy(value, start, buffer, length, size);
        length += size;
    }

    /** Writes the unscaled value as bytes. */
    void writeDecimal(BigDecimal value) {
        if (value.precision() > MAX_LONG_DIGITS) {
            writeBytes(value.unscaledValue().toByteArray());
        } else {
            writeUnscaled(value.scaleByPowerOfTen(value.scale()).longValue());
        }
    }

    /** As few bytes as hold the number in two's complement, the highest first, as {@link java.math.BigInteger#toByteArray}. */
    private void writeUnscaled(long value) {
        int size = (Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> 63))) / Byte.SIZE + 1;
        writeLong(size);
        ensure(size);
        for (int i = size - 1; i >= 0; i--) {
            buffer[length++] = (byte) (value >> (i * Byte.SIZE));
        }
    }

    private void ensure(int size) {
        if (buffer.length - length < size) {
            buffer = Arrays.copyOf(buffer, Math.max(Math.addExact(length, size), (int)
                    Math.min(2L * length, Integer.MAX_VALUE - 8)));
        }
    }
}
