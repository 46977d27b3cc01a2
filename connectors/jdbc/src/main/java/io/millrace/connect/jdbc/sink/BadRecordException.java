package io.millrace.connect.jdbc.sink;

import org.apache.kafka.connect.sink.SinkRecord;

/** One record cannot become a row; others of its schema may. The message is for people, without the record's place. */
final class BadRecordException extends Exception {

    BadRecordException(String message) {
        super(message);
    }

    BadRecordException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Where a record is, by the offsets of its topic as the broker has it. */
    static String place(SinkRecord record) {
        return "topic " + record.originalTopic() + ", partition " + record.originalKafkaPartition() + ", offset "
                + record.originalKafkaOffset();
    }
}
