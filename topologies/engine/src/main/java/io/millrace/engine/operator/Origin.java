package io.millrace.engine.operator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Where a row was first read, carried in a header across a repartition, so that quarantine can still say it. */
final class Origin {

    private static final String HEADER = "millrace.origin";

    private Origin() {}

    /** Partition (4 bytes), offset (8 bytes), topic (UTF-8). */
    static Headers headers(SourceRow source) {
        byte[] topic = source.topic().getBytes(StandardCharsets.UTF_8);
        ByteBuffer value = ByteBuffer.allocate(Integer.BYTES + Long.BYTES + topic.length)
                .putInt(source.partition())
                .putLong(source.offset())
                .put(topic);
        return new RecordHeaders().add(HEADER, value.array());
    }

    /** The record as it stands, but with the topic, partition and offset of where the row was first read. */
    static SourceRow restore(SourceRow repartitioned) {
        Header header = repartitioned.headers().lastHeader(HEADER);
        if (header == null) {
            return repartitioned;
        }
        ByteBuffer value = ByteBuffer.wrap(header.value());
        int partition = value.getInt();
        long offset = value.getLong();
        String topic = StandardCharsets.UTF_8.decode(value).toString();
        return new SourceRow(topic, partition, offset, repartitioned.timestampMs(), new RecordHeaders(), null, null);
    }
}
