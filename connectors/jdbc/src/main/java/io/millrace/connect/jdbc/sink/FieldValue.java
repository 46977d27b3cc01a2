package io.millrace.connect.jdbc.sink;

import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Finds a column's value in a record. */
@FunctionalInterface
interface FieldValue {

    /**
     * The value in a record; null where it has none.
     *
     * @param item which item of the record's list the row is made of; 0 for the record's own row
     */
    @Nullable
    Object of(SinkRecord record, int item);
}
