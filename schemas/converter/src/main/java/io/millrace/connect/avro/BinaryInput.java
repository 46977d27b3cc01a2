package io.millrace.connect.avro;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.SystemLimitException;

/**
 * Reads Avro's binary encoding from a message. Every method throws some {@link RuntimeException} where the bytes end too early or
 * are none of its type. Avro's limits on sizes hold. Not thread-safe.
 */
final class BinaryInput {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] message;
    private int position;

    BinaryInput(byte[] message, int start) {
        this.message = message;
        this.position = start;
    }

    boolean isEnd() {
        return position == message.length;
    }

    boolean readBoolean() {
        return message[position++] == 1;
    }

    int readInt() {
        int value = 0;
        for (int shift = 0; shift < 5 * 7; shift += 7) {
            int next = message[position++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("An int of more than five bytes");
    }

    long readLong() {
        long value = 0;
        for (int shift = 0; shift < 10 * 7; shift += 7) {
            int next = message[position++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return (value >>> 1) ^ -(value & 1);
            }
        }
        throw new AvroRuntimeException("A long of more than ten bytes");
    }

    float readFloat() {
        float value = Float.intBitsToFloat((int) INTS.get(message, position));
        position += Float.BYTES;
        return value;
    }

    double readDouble() {
        double value = Double.longBitsToDouble((long) LONGS.get(message, position));
        position += Double.BYTES;
        return value;
    }

    String readString() {
        int size = SystemLimitException.checkMaxStringLength(readLong());
        int start = skip(size);
        return new String(message, start, size, StandardCharsets.UTF_8);
    }

    byte[] readBytes() {
        return readFixed(bytesSize());
    }

    byte[] readFixed(int size) {
        int start = skip(size);
        return Arrays.copyOfRange(message, start, start + size);
    }

    /** Reads the unscaled value from bytes. */
    BigDecimal readDecimal(int scale) {
        return readDecimal(scale, bytesSize());
    }

    /** Reads the unscaled value from as many bytes as {@code size} says. */
    BigDecimal readDecimal(int scale, int size) {
        if (size == 0 || size > Long.BYTES) {
            return new BigDecimal(new BigInteger(readFixed(size)), scale);
        }
        int start = skip(size);
        long unscaled = message[start];
        for (int i = 1; i < size; i++) {
            unscaled = (unscaled << Byte.SIZE) | (message[start + i] & 0xFF);
        }
        return BigDecimal.valueOf(unscaled, scale);
    }

    /** Begins an array or a map: how many items come first, zero for none at all. */
    int readFirstCount() {
        return readNextCount(0);
    }

    /**
     * Goes on with an array or a map.
     *
     * @param before how many items have been read
     * @return how many come next, zero at the end
     */
    int readNextCount(int before) {
        long count = readLong();
        if (count < 0) {
            count = Math.negateExact(count);
            if (readLong() < 0) {
                throw new AvroRuntimeException("A block of less than no bytes");
            }
        }
        if (count > message.length - position) {
            throw new AvroRuntimeException("More items than bytes");
        }
        SystemLimitException.checkMaxCollectionLength(before, count);
        return (int) count;
    }

    private int bytesSize() {
        return SystemLimitException.checkMaxBytesLength(readLong());
    }

    /** Goes on behind {@code size} bytes; where they begin. */
    private int skip(int size) {
        if (size > message.length - position) {
            throw new AvroRuntimeException("The message ends too early");
        }
        int start = position;
        position += size;
        return start;
    }
}
