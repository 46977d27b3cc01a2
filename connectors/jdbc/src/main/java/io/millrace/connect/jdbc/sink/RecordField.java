package io.millrace.connect.jdbc.sink;

import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * A field of a record that goes into a column.
 *
 * @param name the column's name
 * @param schema its values' schema
 * @param isOptional whether a record may lack it
 * @param isPrimaryKey whether it is part of the table's primary key
 * @param value where it is
 */
record RecordField(String name, Schema schema, boolean isOptional, boolean isPrimaryKey, FieldValue value) {

    /** A field's value in a struct. Null in an optional field is null, even when the schema has a default. */
    static @Nullable Object read(@Nullable Object from, Field field) {
        if (!(from instanceof Struct struct)) {
            return null;
        }
        return field.schema().isOptional() && field.schema().defaultValue() != null
                ? struct.getWithoutDefault(field.name())
                : struct.get(field);
    }

    /** Its value in the record's own row. */
    @Nullable
    Object of(SinkRecord record) {
        return value.of(record, 0);
    }
}
