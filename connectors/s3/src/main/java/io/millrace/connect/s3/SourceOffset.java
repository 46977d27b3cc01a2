package io.millrace.connect.s3;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far an object has been read.
 *
 * @param line the number of the line to read next, from 1
 * @param etag of the content that was read
 * @param isDone whether that was all
 * @param size its bytes
 */
record SourceOffset(long line, String etag, boolean isDone, long size) {

    private static final String LINE = "line";
    private static final String ETAG = "etag";
    private static final String DONE = "done";
    private static final String SIZE = "size";

    /** The source partition of one object. */
    static Map<String, String> partition(String bucket, String key) {
        return Map.of("bucket", bucket, "key", key);
    }

    Map<String, Object> toMap() {
        return Map.of(LINE, line, ETAG, etag, DONE, isDone, SIZE, size);
    }

    /** The offset that {@link #toMap} wrote; null when there is none, or none that can be understood. */
    static @Nullable SourceOffset of(@Nullable Map<String, Object> map) {
        if (map == null || !(map.get(LINE) instanceof Number line) || !(map.get(ETAG) instanceof String etag)) {
            return null;
        }
        long size = map.get(SIZE) instanceof Number number ? number.longValue() : 0;
        return new SourceOffset(line.longValue(), etag, Boolean.TRUE.equals(map.get(DONE)), size);
    }
}
