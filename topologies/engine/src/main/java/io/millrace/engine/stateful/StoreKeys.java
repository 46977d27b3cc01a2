package io.millrace.engine.stateful;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Keys of stores, made of parts: numbers of 8 bytes that are not negative and so sort as numbers do, and bytes behind their length, so that no
 * part runs into the next.
 */
final class StoreKeys {

    /** Behind every key that begins with a number; what is kept beside the operators' own content lies there. */
    static final Bytes LAST = Bytes.wrap(of(Long.MAX_VALUE, new byte[0]));

    private StoreKeys() {}

    static byte[] of(long number, byte[] rest) {
        return ByteBuffer.allocate(Long.BYTES + rest.length)
                .putLong(number)
                .put(rest)
                .array();
    }

    /** A part that others follow. */
    static byte[] delimited(byte[] part) {
        return ByteBuffer.allocate(Integer.BYTES + part.length)
                .putInt(part.length)
                .put(part)
                .array();
    }

    static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /** The first key behind all that begin with this one; null when there is none. */
    static @Nullable Bytes behind(byte[] prefix) {
        byte[] next = prefix.clone();
        for (int i = next.length - 1; i >= 0; i--) {
            if (next[i] != (byte) 0xff) {
                next[i]++;
                return Bytes.wrap(Arrays.copyOf(next, i + 1));
            }
        }
        return null;
    }

    static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
