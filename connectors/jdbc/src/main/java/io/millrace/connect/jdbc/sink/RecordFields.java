package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.NearestName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/** Says which fields of records become columns: those of the key, then those of the value. */
final class RecordFields {

    private final JdbcSinkConfig config;
    private final KeyFields keyFields;
    private final NestedFields valueFields;

    RecordFields(JdbcSinkConfig config) {
        this.config = config;
        this.keyFields = new KeyFields(config);
        this.valueFields = new NestedFields(
                config.nesting(),
                config.columns(),
                config.keyMode() == KeyMode.RECORD_VALUE ? Set.copyOf(config.keyFields()) : Set.of());
    }

    /**
     * The fields of records shaped as this one. A field that is in both is taken from the value, except one of the primary key: a
     * later record without a value has to find the row by it.
     *
     * @throws BadRecordException when the record has no fields
     * @throws ConnectException when the configuration does not go together with its schemas
     */
    RecordRow of(SinkRecord record) throws BadRecordException {
        List<RecordField> key = keyFields.of(record);
        Schema value = record.valueSchema();
        if (value == null ? record.value() != null : value.type() != Schema.Type.STRUCT) {
            throw new BadRecordException("its value is no struct with a schema, but "
                    + (value == null ? "without a schema" : "a " + value.type())
                    + ": use a value.converter that gives schemas");
        }
        Map<String, RecordField> fields = new LinkedHashMap<>();
        key.forEach(field -> fields.put(field.name(), field));
        RecordRow row =
                value == null ? new RecordRow(List.of(), List.of()) : valueFields.of(value, (one, item) -> one.value());
        for (RecordField field : row.fields()) {
            RecordField inKey = fields.get(field.name());
            if (inKey == null || !inKey.isPrimaryKey()) {
                fields.put(field.name(), field);
            }
        }
        requireOneFieldEach(row, record);
        RecordRow all = new RecordRow(List.copyOf(fields.values()), row.lists());
        requireKeyFields(all.fields(), record);
        return all;
    }

    private static void requireOneFieldEach(RecordRow row, SinkRecord record) {
        Map<String, RecordField> byName = new LinkedHashMap<>();
        for (RecordField field : row.fields()) {
            if (byName.put(field.name(), field) != null) {
                throw new ConnectException("Two fields of topic " + record.topic() + " go to column '" + field.name()
                        + "': give one of them another in " + ColumnNaming.RENAME);
            }
        }
    }

    /** A record without a value has no fields of it to look for. */
    private void requireKeyFields(List<RecordField> fields, SinkRecord record) {
        boolean isInKey = config.keyMode() == KeyMode.RECORD_KEY;
        boolean isInValue = config.keyMode() == KeyMode.RECORD_VALUE;
        @Nullable Schema schema = isInKey ? record.keySchema() : record.valueSchema();
        if (!(isInKey || isInValue) || schema == null || schema.type() != Schema.Type.STRUCT) {
            return;
        }
        for (String wanted : config.keyFields()) {
            String column = config.columns().columnOf(wanted);
            boolean isThere = fields.stream()
                    .anyMatch(field -> field.isPrimaryKey() && field.name().equals(column));
            if (!isThere) {
                List<String> names = schema.fields().stream().map(Field::name).toList();
                throw new ConnectException(JdbcSinkConfig.KEY_FIELDS + " names '" + wanted + "', but the "
                        + (isInKey ? "keys" : "values") + " of topic " + record.topic()
                        + " have " + (names.isEmpty() ? "no fields" : String.join(", ", names))
                        + NearestName.of(wanted, names)
                                .map(nearest -> "; did you mean '" + nearest + "'?")
                                .orElse(""));
            }
        }
    }
}
