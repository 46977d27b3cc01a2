package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Finds the fields of records that are not in their values: those of the key, headers, and the record's place.
 *
 * @param config the sink's configuration
 */
record KeyFields(JdbcSinkConfig config) {

    List<RecordField> of(SinkRecord record) throws BadRecordException {
        return switch (config.keyMode()) {
            case RECORD_HEADER -> headers(record);
            case KAFKA -> place();
            case RECORD_KEY -> ofKey(record);
            case RECORD_VALUE, NONE -> isStruct(record) ? structFields(record.keySchema(), false) : List.of();
        };
    }

    private static boolean isStruct(SinkRecord record) {
        return record.keySchema() != null && record.keySchema().type() == Schema.Type.STRUCT && record.key() != null;
    }

    private List<RecordField> ofKey(SinkRecord record) throws BadRecordException {
        Schema key = record.keySchema();
        if (key == null || record.key() == null) {
            throw new BadRecordException(
                    "it has no key with a schema, which pk.mode=record_key takes the primary key from");
        }
        if (key.type() == Schema.Type.STRUCT) {
            return structFields(key, true);
        }
        if (config.keyFields().size() != 1) {
            throw new ConnectException("The keys of topic " + record.topic() + " are no structs but " + key.type()
                    + ": name the column that they go to in " + JdbcSinkConfig.KEY_FIELDS);
        }
        return List.of(field(config.keyFields().get(0), key, true, (keyed, item) -> keyed.key()));
    }

    private List<RecordField> structFields(Schema key, boolean isPrimary) {
        List<RecordField> fields = new ArrayList<>();
        for (Field field : key.fields()) {
            boolean isPrimaryKey = isPrimary
                    && (config.keyFields().isEmpty() || config.keyFields().contains(field.name()));
            if (isPrimaryKey || config.columns().isWanted(field.name())) {
                fields.add(field(
                        field.name(),
                        field.schema(),
                        isPrimaryKey,
                        (record, item) -> RecordField.read(record.key(), field)));
            }
        }
        return fields;
    }

    private List<RecordField> headers(SinkRecord record) throws BadRecordException {
        List<RecordField> fields = new ArrayList<>();
        for (String name : config.keyFields()) {
            Header header = record.headers().lastWithName(name);
            if (header == null || header.schema() == null) {
                throw new BadRecordException("it has no header '" + name
                        + "' with a schema, which pk.mode=record_header takes the primary key from");
            }
            fields.add(field(name, header.schema(), true, (one, item) -> header(one, name)));
        }
        return fields;
    }

    private static @Nullable Object header(SinkRecord record, String name) {
        Header header = record.headers().lastWithName(name);
        return header == null ? null : header.value();
    }

    /** Where the broker has the record, whatever transforms have made of its topic. */
    private List<RecordField> place() {
        List<String> names = config.keyFields();
        return List.of(
                field(names.get(0), Schema.STRING_SCHEMA, true, (record, item) -> record.originalTopic()),
                field(names.get(1), Schema.INT32_SCHEMA, true, (record, item) -> record.originalKafkaPartition()),
                field(names.get(2), Schema.INT64_SCHEMA, true, (record, item) -> record.originalKafkaOffset()));
    }

    private RecordField field(String name, Schema schema, boolean isPrimaryKey, FieldValue value) {
        NestedFields whole = new NestedFields(Nesting.JSON, config.columns(), Set.of());
        return whole.column(config.columns().columnOf(name), schema, schema.isOptional(), isPrimaryKey, value);
    }
}
