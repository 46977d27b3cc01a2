package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.NearestName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Says which fields of records become columns: those of the key, then those of the value. */
final class RecordFields {

    private final JdbcSinkConfig config;

    RecordFields(JdbcSinkConfig config) {
        this.config = config;
    }

    /**
     * The fields of records shaped as this one. A field that is in both is taken from the value, except one of the primary key with
     * {@code pk.mode=record_key}: a later record without a value has to find the row by it.
     *
     * @throws BadRecordException when the record has no fields
     * @throws ConnectException when the configuration does not go together with its schemas
     */
    List<RecordField> of(SinkRecord record) throws BadRecordException {
        List<RecordField> key = keyFields(record);
        Schema value = record.valueSchema();
        if (value == null ? record.value() != null : value.type() != Schema.Type.STRUCT) {
            throw new BadRecordException("its value is no struct with a schema, but "
                    + (value == null ? "without a schema" : "a " + value.type())
                    + ": use a value.converter that gives schemas");
        }
        Map<String, RecordField> fields = new LinkedHashMap<>();
        key.forEach(field -> fields.put(field.name(), field));
        if (value != null) {
            for (Field field : value.fields()) {
                RecordField inKey = fields.get(field.name());
                if (inKey == null || !inKey.isPrimaryKey()) {
                    boolean isPrimaryKey = config.keyMode() == KeyMode.RECORD_VALUE
                            && config.keyFields().contains(field.name());
                    fields.put(field.name(), RecordField.ofValue(field, isPrimaryKey));
                }
            }
        }
        List<RecordField> all = List.copyOf(fields.values());
        requireKeyFields(all, config.keyMode() == KeyMode.RECORD_KEY ? record.keySchema() : value, record);
        return all;
    }

    private List<RecordField> keyFields(SinkRecord record) throws BadRecordException {
        Schema key = record.keySchema();
        boolean isWanted = config.keyMode() == KeyMode.RECORD_KEY;
        List<RecordField> fields = new ArrayList<>();
        if (key != null && key.type() == Schema.Type.STRUCT) {
            if (record.key() == null) {
                return noKey(isWanted);
            }
            for (Field field : key.fields()) {
                boolean isPrimaryKey = isWanted
                        && (config.keyFields().isEmpty() || config.keyFields().contains(field.name()));
                fields.add(RecordField.ofKey(field, isPrimaryKey));
            }
            return fields;
        }
        if (!isWanted) {
            return fields;
        }
        if (key == null || record.key() == null) {
            return noKey(true);
        }
        if (config.keyFields().size() != 1) {
            throw new ConnectException("The keys of topic " + record.topic() + " are no structs but " + key.type()
                    + ": name the column that they go to in " + JdbcSinkConfig.KEY_FIELDS);
        }
        fields.add(
                new RecordField(config.keyFields().get(0), key, key.isOptional(), true, (keyed, item) -> keyed.key()));
        return fields;
    }

    private static List<RecordField> noKey(boolean isWanted) throws BadRecordException {
        if (isWanted) {
            throw new BadRecordException(
                    "it has no key with a schema, which pk.mode=record_key takes the primary key from");
        }
        return List.of();
    }

    /** A record without a value has no fields of it to look for. */
    private void requireKeyFields(List<RecordField> fields, @Nullable Schema schema, SinkRecord record) {
        if (schema == null || schema.type() != Schema.Type.STRUCT) {
            return;
        }
        for (String wanted : config.keyFields()) {
            boolean isThere = fields.stream()
                    .anyMatch(field -> field.isPrimaryKey() && field.name().equals(wanted));
            if (!isThere) {
                List<String> names = schema.fields().stream().map(Field::name).toList();
                throw new ConnectException(JdbcSinkConfig.KEY_FIELDS + " names '" + wanted + "', but the "
                        + (config.keyMode() == KeyMode.RECORD_KEY ? "keys" : "values") + " of topic " + record.topic()
                        + " have " + (names.isEmpty() ? "no fields" : String.join(", ", names))
                        + NearestName.of(wanted, names)
                                .map(nearest -> "; did you mean '" + nearest + "'?")
                                .orElse(""));
            }
        }
    }
}
