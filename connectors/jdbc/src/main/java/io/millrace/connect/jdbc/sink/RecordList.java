package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * An array whose items are rows of a table of their own.
 *
 * @param name what is added to the name of the record's table
 * @param items the items' schema
 * @param value where the array is
 */
record RecordList(String name, Schema items, FieldValue value) {

    static final String ITEM = "_item";
    static final String VALUE = "value";

    int size(SinkRecord record) {
        return value.of(record, 0) instanceof List<?> list ? list.size() : 0;
    }

    /** The columns of an item's row: the key of its record's row, its number, and its fields or itself. */
    List<RecordField> fields(List<RecordField> key, NestedFields nested) {
        List<RecordField> fields = new ArrayList<>(key);
        fields.add(new RecordField(ITEM, Schema.INT32_SCHEMA, false, true, (record, item) -> item));
        FieldValue item = (record, index) -> value.of(record, 0) instanceof List<?> list ? list.get(index) : null;
        if (NestedFields.isStruct(items)) {
            fields.addAll(nested.of(items, item).fields());
        } else {
            fields.add(nested.column(VALUE, items, true, false, item));
        }
        return fields;
    }
}
