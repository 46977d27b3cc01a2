package io.millrace.connect.jdbc.sink;

import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.errors.RetriableException;

/** Somebody else has written a partition's records in the meantime, or has taken it over. */
final class OffsetsMovedException extends RetriableException {

    OffsetsMovedException(TopicPartition partition) {
        super(
                "Another task has written records of " + partition
                        + " in the meantime, or has taken it over; the stored offsets are read again before anything is written");
    }
}
