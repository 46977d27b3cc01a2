package io.millrace.connect.jdbc.sink;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record that goes into a column.
 *
 * @param name its name
 * @param schema its values' schema
 * @param isInKey whether it is taken from the record's key, not from its value
 * @param isPrimaryKey whether it is part of the table's primary key
 */
record RecordField(String name, Schema schema, boolean isInKey, boolean isPrimaryKey) {

    /** Its value in a record; the whole key when that is no struct. */
    @Nullable
    Object of(SinkRecord record) {
        Object from = isInKey ? record.key() : record.value();
        if (!(from instanceof Struct struct)) {
            return from;
        }
        // Null in an optional field is null, even when the schema has a default.
        return schema.isOptional() ? struct.getWithoutDefault(name) : struct.get(name);
    }
}
