package io.millrace.connect.jdbc.sink;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;

/** Somebody else has written a partition's records in the meantime, such as the task that had it before. */
final class OffsetsMovedException extends RetriableException {

    OffsetsMovedException(TopicPartition partition) {
        super("Another task has written records of " + partition
                + " in the meantime; the stored offsets are read again before anything is written");
    }
}
