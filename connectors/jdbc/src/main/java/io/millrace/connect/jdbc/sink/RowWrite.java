package io.millrace.connect.jdbc.sink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record on its way into its table.
 *
 * @param record where it came from
 * @param plan how it is written
 * @param values the plan's parameters; null where the record has no value
 * @param key the table and the values of the primary key, equal for records of the same row; empty when there is no key
 */
record RowWrite(SinkRecord record, TablePlan plan, List<@Nullable Object> values, List<Object> key) {

    static RowWrite of(SinkRecord record, TablePlan plan) throws BadRecordException {
        List<@Nullable Object> values = new ArrayList<>();
        List<Object> key = new ArrayList<>();
        for (TablePlan.Target target : plan.targets()) {
            Object value = target.field().of(record);
            values.add(value);
            if (target.field().isPrimaryKey()) {
                if (value == null) {
                    throw new BadRecordException(
                            "field '" + target.field().name() + "' is null, but part of the primary key");
                }
                key.add(value instanceof byte[] bytes ? ByteBuffer.wrap(bytes) : value);
            }
        }
        if (!key.isEmpty()) {
            key.add(0, plan.table());
        }
        return new RowWrite(record, plan, Collections.unmodifiableList(values), List.copyOf(key));
    }
}
