package io.millrace.engine.aggregate;

import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * Values in Calcite's internal form as bytes that order as the values do, byte by byte and unsigned, and that say themselves
 * where they end: values written one after the other order as the rows of them. Values that are equal have the same bytes:
 *
 * <ul>
 *   <li>whole numbers do whatever their width, as do DATE, TIME, TIMESTAMP and intervals, the numbers behind them;
 *   <li>REAL and DOUBLE do: -0.0 is 0.0, every NaN is the same and greater than all others;
 *   <li>DECIMALs do whatever their scale;
 *   <li>texts order by code point, as UTF-8 does; binary and UUIDs by unsigned byte;
 *   <li>an array that begins another is less; in arrays, rows and maps a null is greater than all values; maps and multisets
 *       order as the arrays of their sorted entries.
 * </ul>
 *
 * <p>A value is read back as it went in, but for the zero's sign and the NaN's bits; a DECIMAL gets the scale of its type.
 */
public final class OrderedBytes {

    private static final int NULL_FIRST = 0;
    private static final int VALUE = 1;
    private static final int NULL_LAST = 2;

    private OrderedBytes() {}

    /**
     * The bytes of a value.
     *
     * @param isDescending whether greater values come first; says nothing about null
     * @param isNullsFirst whether null comes before all values, or after them
     * @throws UnsupportedOperationException when the type has no order
     */
    public static byte[] encode(RelDataType type, @Nullable Object value, boolean isDescending, boolean isNullsFirst) {
        BytesWriter out = new BytesWriter();
        write(out, OrderedCodec.of(type), value, isDescending, isNullsFirst);
        return out.toBytes();
    }

    /** The value in bytes that {@link #encode} made with the same arguments. */
    public static @Nullable Object decode(RelDataType type, byte[] bytes, boolean isDescending, boolean isNullsFirst) {
        return read(new BytesReader(bytes), OrderedCodec.of(type), isDescending);
    }

    static void write(
            BytesWriter out, OrderedCodec codec, @Nullable Object value, boolean isDescending, boolean isNullsFirst) {
        if (value == null) {
            out.writeByte(isNullsFirst ? NULL_FIRST : NULL_LAST);
            return;
        }
        out.writeByte(VALUE);
        int start = out.size();
        codec.write(out, value);
        if (isDescending) {
            out.invert(start);
        }
    }

    static @Nullable Object read(BytesReader in, OrderedCodec codec, boolean isDescending) {
        if (in.readByte() != VALUE) {
            return null;
        }
        if (isDescending) {
            in.invert();
        }
        Object value = codec.read(in);
        if (isDescending) {
            in.invert();
        }
        return value;
    }
}
