package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/**
 * Takes structs apart into columns.
 *
 * @param nesting how far
 * @param naming which fields, and what they are called
 * @param primaryKey the fields that are part of the primary key
 */
record NestedFields(Nesting nesting, ColumnNaming naming, Set<String> primaryKey) {

    static boolean isStruct(Schema schema) {
        return schema.type() == Schema.Type.STRUCT;
    }

    /** The columns of a struct that is found at {@code from}. */
    RecordRow of(Schema struct, FieldValue from) {
        List<RecordField> fields = new ArrayList<>();
        List<RecordList> lists = new ArrayList<>();
        add("", struct, struct.isOptional(), from, fields, lists);
        return new RecordRow(fields, lists);
    }

    private void add(
            String prefix,
            Schema struct,
            boolean isOptional,
            FieldValue from,
            List<RecordField> fields,
            List<RecordList> lists) {
        for (Field field : struct.fields()) {
            String path = prefix + field.name();
            boolean isPrimaryKey = primaryKey.contains(path);
            boolean isWanted = prefix.isEmpty()
                    ? naming.isWanted(path)
                    : !naming.excluded().contains(path);
            if (!isWanted && !isPrimaryKey) {
                continue;
            }
            FieldValue value = (record, item) -> RecordField.read(from.of(record, item), field);
            boolean mayLack = isOptional || field.schema().isOptional();
            if (nesting != Nesting.JSON && isStruct(field.schema())) {
                add(path + "_", field.schema(), mayLack, value, fields, lists);
            } else if (nesting == Nesting.CHILD && field.schema().type() == Schema.Type.ARRAY) {
                lists.add(new RecordList(naming.columnOf(path), field.schema().valueSchema(), value));
            } else {
                fields.add(column(naming.columnOf(path), field.schema(), mayLack, isPrimaryKey, value));
            }
        }
    }

    /** One column, of JSON if there is more than one value in it. */
    RecordField column(String name, Schema schema, boolean isOptional, boolean isPrimaryKey, FieldValue value) {
        return switch (schema.type()) {
            case STRUCT, ARRAY, MAP ->
                new RecordField(name, schema, isOptional, isPrimaryKey, (record, item) -> {
                    Object nested = value.of(record, item);
                    return nested == null ? null : ConnectJson.text(schema, nested);
                });
            default -> new RecordField(name, schema, isOptional, isPrimaryKey, value);
        };
    }
}
