package io.millrace.engine.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;

/** The Avro schema of a row type: a record with a field for each column, nullable columns as a union with null. */
public final class AvroSchemas {

    private AvroSchemas() {}

    /**
     * The schema of a row.
     *
     * @param topic gives the record's full name: characters that Avro does not allow become {@code _}
     * @param suffix added to that name, for the key
     * @throws IllegalArgumentException when a column's type has no Avro form; the message names the column
     */
    public static Schema of(RelDataType rowType, String topic, String suffix) {
        List<Schema.Field> fields = new ArrayList<>();
        for (RelDataTypeField column : rowType.getFieldList()) {
            Schema type = of(column);
            fields.add(
                    column.getType().isNullable()
                            ? new Schema.Field(
                                    column.getName(),
                                    Schema.createUnion(Schema.create(Schema.Type.NULL), type),
                                    null,
                                    Schema.Field.NULL_DEFAULT_VALUE)
                            : new Schema.Field(column.getName(), type));
        }
        return Schema.createRecord(recordName(topic) + suffix, null, null, false, fields);
    }

    private static String recordName(String topic) {
        StringBuilder name = new StringBuilder();
        for (String part : topic.split("\\.", -1)) {
            String allowed = part.replaceAll("[^A-Za-z0-9_]", "_");
            name.append(name.length() == 0 ? "" : ".");
            name.append(allowed.isEmpty() || Character.isDigit(allowed.charAt(0)) ? "_" + allowed : allowed);
        }
        return name.toString();
    }

    private static Schema of(RelDataTypeField column) {
        RelDataType type = column.getType();
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case TINYINT, SMALLINT, INTEGER -> Schema.create(Schema.Type.INT);
            case BIGINT -> Schema.create(Schema.Type.LONG);
            case REAL -> Schema.create(Schema.Type.FLOAT);
            case FLOAT, DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case CHAR, VARCHAR -> Schema.create(Schema.Type.STRING);
            case BINARY, VARBINARY -> Schema.create(Schema.Type.BYTES);
            case DECIMAL ->
                LogicalTypes.decimal(type.getPrecision(), type.getScale())
                        .addToSchema(Schema.create(Schema.Type.BYTES));
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME -> LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case TIMESTAMP -> LogicalTypes.localTimestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
            default ->
                throw new IllegalArgumentException("Column '" + column.getName() + "' is " + type.getFullTypeString()
                        + ", which cannot be written to a topic yet: CAST it to another type");
        };
    }
}
