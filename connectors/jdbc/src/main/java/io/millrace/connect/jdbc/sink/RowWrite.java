package io.millrace.connect.jdbc.sink;

import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into its table.
 *
 * @param record where it came from
 * @param plan how it is written
 * @param key the primary key's values; null when there is no key
 * @param item which item of the record's list it is; 0 for the record's own row
 */
record RowWrite(SinkRecord record, TablePlan plan, @Nullable RowKey key, int item) {

    static RowWrite of(SinkRecord record, TablePlan plan) throws BadRecordException {
        return new RowWrite(record, plan, RowKey.of(record, plan.keys()), 0);
    }

    @Nullable
    Object value(RecordField field) {
        return field.value().of(record, item);
    }
}
