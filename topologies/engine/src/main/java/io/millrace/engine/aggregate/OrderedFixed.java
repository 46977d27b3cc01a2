package io.millrace.engine.aggregate;

import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** Values that are as many bits for each: their unsigned order is that of the values. */
record OrderedFixed(int count, ToLongFunction<Object> toBits, LongFunction<Object> ofBits) implements OrderedCodec {

    @Override
    public void write(BytesWriter out, Object value) {
        out.writeBigEndian(toBits.applyAsLong(value), count);
    }

    @Override
    public Object read(BytesReader in) {
        return ofBits.apply(in.readBigEndian(count));
    }

    /** Adding zero takes the sign from a zero; of a negative number every bit is turned over, of others the sign. */
    static long ofDouble(Object value) {
        long bits = Double.doubleToLongBits(((Number) value).doubleValue() + 0.0);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }

    static double toDouble(long ordered) {
        return Double.longBitsToDouble(ordered < 0 ? ordered ^ Long.MIN_VALUE : ~ordered);
    }
}
