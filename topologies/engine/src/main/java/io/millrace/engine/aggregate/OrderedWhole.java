package io.millrace.engine.aggregate;

import java.util.function.LongFunction;

/**
 * Whole numbers in as few bytes as they need: first their sign and how many bytes follow, as 9 plus or minus that, then the
 * number, of a negative one what is missing to the next power.
 */
record OrderedWhole(LongFunction<Object> ofLong) implements OrderedCodec {

    private static final int ZERO = 9;

    @Override
    public void write(BytesWriter out, Object value) {
        write(out, ((Number) value).longValue());
    }

    @Override
    public Object read(BytesReader in) {
        return ofLong.apply(readLong(in));
    }

    static void write(BytesWriter out, long value) {
        // A negative number's bits are those of what it lacks to -1, turned over; so is their order.
        int count = (64 - Long.numberOfLeadingZeros(value < 0 ? ~value : value) + 7) / 8;
        out.writeByte(value < 0 ? ZERO - 1 - count : ZERO + count);
        out.writeBigEndian(value, count);
    }

    static long readLong(BytesReader in) {
        int first = in.readByte();
        if (first >= ZERO) {
            return in.readBigEndian(first - ZERO);
        }
        int count = ZERO - 1 - first;
        long bits = in.readBigEndian(count);
        return count == 8 ? bits : bits | (-1L << (8 * count));
    }
}
