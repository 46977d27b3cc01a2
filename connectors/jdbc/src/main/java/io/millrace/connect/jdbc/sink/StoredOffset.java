package io.millrace.connect.jdbc.sink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Up to where a partition is in the database, and which log that was: a topic that is deleted and made again counts its offsets from
 * zero, and they would look as if they had been written.
 *
 * @param next the offset behind the last record written
 * @param first the offset of the first record written
 * @param firstRecord that record's timestamp and a checksum of its contents
 * @param run the run that wrote it
 * @param generation how many tasks have taken the partition over; only the last of them may write
 */
record StoredOffset(long next, long first, String firstRecord, String run, long generation) {

    /** How a partition goes on. */
    enum Continuation {
        /** With this record. */
        HERE,
        /** At {@link StoredOffset#next}, wherever the records come from now. */
        AT_NEXT,
        /** With this record, which is the first of another log. */
        ANEW
    }

    /** What is stored when nothing is, once records from {@code first} up to {@code next} are written. */
    static StoredOffset begin(SinkRecord first, long next, String run, long generation) {
        return new StoredOffset(next, first.originalKafkaOffset(), identity(first), run, generation);
    }

    StoredOffset upTo(long offset) {
        return new StoredOffset(offset, first, firstRecord, run, generation);
    }

    /**
     * What the first record that a task is handed says. Kafka's own committed offset decides which one that is, and it is deleted
     * with its topic: a log made anew is read from its beginning. So is one whose offset was never committed, but that one begins
     * with the very record that it began with before, in the same run.
     */
    Continuation continuation(SinkRecord record, String currentRun) {
        long offset = record.originalKafkaOffset();
        if (offset == next) {
            return Continuation.HERE;
        }
        if (offset > first) {
            return Continuation.AT_NEXT;
        }
        boolean isSameLog = offset == first && run.equals(currentRun) && firstRecord.equals(identity(record));
        return isSameLog ? Continuation.AT_NEXT : Continuation.ANEW;
    }

    private static String identity(SinkRecord record) {
        CRC32C checksum = new CRC32C();
        add(record.key(), checksum);
        add(record.value(), checksum);
        return record.timestamp() + "-" + Long.toHexString(checksum.getValue());
    }

    private static void add(@Nullable Object value, CRC32C checksum) {
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                add(struct.get(field), checksum);
            }
        } else if (value instanceof byte[] bytes) {
            checksum.update(bytes);
        } else if (value instanceof ByteBuffer buffer) {
            checksum.update(buffer.duplicate());
        } else if (value instanceof java.util.Date date) {
            // Its text would be in the zone of this machine.
            add(date.toInstant().toString(), checksum);
        } else {
            checksum.update(String.valueOf(value).getBytes(StandardCharsets.UTF_8));
            checksum.update(0);
        }
    }
}
