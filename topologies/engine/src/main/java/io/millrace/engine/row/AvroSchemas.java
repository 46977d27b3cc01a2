package io.millrace.engine.row;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeFamily;

/**
 * The Avro schema of a row type: a record with a field for each column, what may be null as a union with null. A ROW is a
 * record named for its place; a MAP whose keys are no texts is an array of records of a {@code key} and a {@code value}. An
 * interval has no logical type of Avro's that could be negative: it is a plain number with its type under {@code sqlType}.
 */
public final class AvroSchemas {

    private static final String SQL_TYPE = "sqlType";

    private AvroSchemas() {}

    /**
     * The schema of a row.
     *
     * @param topic gives the record's full name: characters that Avro does not allow become {@code _}
     * @param suffix added to that name, for the key
     * @throws IllegalArgumentException when a column's type has no Avro form; the message names the column
     */
    public static Schema of(RelDataType rowType, String topic, String suffix) {
        String name = recordName(topic) + suffix;
        List<Schema.Field> fields = new ArrayList<>();
        for (RelDataTypeField column : rowType.getFieldList()) {
            fields.add(field(column, name, ColumnPath.of(column.getName())));
        }
        return Schema.createRecord(name, null, null, false, fields);
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

    private static Schema.Field field(RelDataTypeField column, String record, ColumnPath path) {
        Schema schema = nullable(column.getType(), record + "." + column.getName(), path);
        try {
            return column.getType().isNullable()
                    ? new Schema.Field(column.getName(), schema, null, Schema.Field.NULL_DEFAULT_VALUE)
                    : new Schema.Field(column.getName(), schema);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "Column '" + path + "' cannot be written to a topic, where names are letters, digits and '_': "
                            + "give it one with AS",
                    e);
        }
    }

    private static Schema nullable(RelDataType type, String name, ColumnPath path) {
        Schema schema = of(type, name, path);
        return type.isNullable() ? Schema.createUnion(Schema.create(Schema.Type.NULL), schema) : schema;
    }

    /** The schema of a value; {@code name} is the full name of a record made for it, unique as its path is. */
    private static Schema of(RelDataType type, String name, ColumnPath path) {
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> Schema.create(Schema.Type.BOOLEAN);
            case TINYINT, SMALLINT, INTEGER -> Schema.create(Schema.Type.INT);
            case BIGINT -> Schema.create(Schema.Type.LONG);
            case REAL -> Schema.create(Schema.Type.FLOAT);
            case FLOAT, DOUBLE -> Schema.create(Schema.Type.DOUBLE);
            case CHAR, VARCHAR -> Schema.create(Schema.Type.STRING);
            case BINARY, VARBINARY -> Schema.create(Schema.Type.BYTES);
            case UUID -> LogicalTypes.uuid().addToSchema(Schema.create(Schema.Type.STRING));
            case DECIMAL ->
                LogicalTypes.decimal(type.getPrecision(), type.getScale())
                        .addToSchema(Schema.create(Schema.Type.BYTES));
            case DATE -> LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT));
            case TIME ->
                TimeResolution.isMicros(type)
                        ? LogicalTypes.timeMicros().addToSchema(Schema.create(Schema.Type.LONG))
                        : LogicalTypes.timeMillis().addToSchema(Schema.create(Schema.Type.INT));
            case TIMESTAMP ->
                (TimeResolution.isMicros(type)
                                ? LogicalTypes.localTimestampMicros()
                                : LogicalTypes.localTimestampMillis())
                        .addToSchema(Schema.create(Schema.Type.LONG));
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                (TimeResolution.isMicros(type) ? LogicalTypes.timestampMicros() : LogicalTypes.timestampMillis())
                        .addToSchema(Schema.create(Schema.Type.LONG));
            case ARRAY ->
                Schema.createArray(
                        nullable(CollectionReaders.component(type.getComponentType()), name, path.element()));
            case MAP -> map(type, name, path);
            case ROW -> record(type, name, path);
            default -> interval(type, path);
        };
    }

    private static Schema map(RelDataType type, String name, ColumnPath path) {
        RelDataType keyType = CollectionReaders.component(type.getKeyType());
        RelDataType valueType = CollectionReaders.component(type.getValueType());
        if (keyType.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER) {
            return Schema.createMap(nullable(valueType, name, path.element()));
        }
        List<Schema.Field> entry = List.of(
                new Schema.Field("key", of(keyType, name + ".key", path.key())),
                new Schema.Field("value", nullable(valueType, name + ".value", path.element())));
        return Schema.createArray(Schema.createRecord(name, null, null, false, entry));
    }

    private static Schema record(RelDataType type, String name, ColumnPath path) {
        List<Schema.Field> fields = new ArrayList<>();
        for (RelDataTypeField field : type.getFieldList()) {
            fields.add(field(field, name, path.field(field.getName())));
        }
        try {
            return Schema.createRecord(name, null, null, false, fields);
        } catch (AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "Column '" + path + "' cannot be a record on a topic: " + e.getMessage(), e);
        }
    }

    private static Schema interval(RelDataType type, ColumnPath path) {
        IntervalKind kind = IntervalKind.of(type)
                .orElseThrow(() -> new IllegalArgumentException("Column '" + path + "' is " + type.getFullTypeString()
                        + ", which cannot be written to a topic: CAST it to another type"));
        Schema schema = Schema.create(kind == IntervalKind.YEAR_MONTH ? Schema.Type.INT : Schema.Type.LONG);
        schema.addProp(SQL_TYPE, kind.sql());
        return schema;
    }
}
