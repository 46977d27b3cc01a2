package io.millrace.connect.jdbc.sink;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Estimates how much memory records hold. */
final class RecordSize {

    private static final long RECORD_BYTES = 200;
    private static final long CELL_BYTES = 24;

    private RecordSize() {}

    static long of(List<SinkRecord> records) {
        long bytes = 0;
        for (SinkRecord record : records) {
            bytes += RECORD_BYTES + of(record.key()) + of(record.value());
        }
        return bytes;
    }

    private static long of(@Nullable Object value) {
        if (value instanceof String text) {
            return CELL_BYTES + text.length();
        }
        if (value instanceof byte[] bytes) {
            return CELL_BYTES + bytes.length;
        }
        if (value instanceof ByteBuffer buffer) {
            return CELL_BYTES + buffer.capacity();
        }
        long bytes = CELL_BYTES;
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                bytes += of(struct.get(field));
            }
        } else if (value instanceof Map<?, ?> map) {
            bytes += of(map.keySet()) + of(map.values());
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                bytes += of(item);
            }
        }
        return bytes;
    }
}
