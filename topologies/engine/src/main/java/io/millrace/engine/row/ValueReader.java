package io.millrace.engine.row;

import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Reads a value of a writer's schema as the internal value of one column's type. */
@FunctionalInterface
interface ValueReader {

    /** The reader of Avro's null. */
    ValueReader NULL = decoder -> {
        decoder.readNull();
        return null;
    };

    /**
     * The next value; null is one of any column here, so whoever asks knows whether the column may be null.
     *
     * @throws UnfitValueException when it is none of the column's type
     */
    @Nullable
    Object read(BinaryDecoder decoder) throws IOException;

    /**
     * The reader of {@code schema} for the column of {@code type} at {@code path}.
     *
     * @throws IllegalArgumentException when no value of the schema can be one of the type
     */
    static ValueReader of(Schema schema, RelDataType type, ColumnPath path) {
        if (schema.getType() == Schema.Type.UNION) {
            return UnionReaders.of(schema, type, path);
        }
        ValueReader reader = find(schema, type, path);
        if (reader == null) {
            throw new IllegalArgumentException(
                    "Column '" + path + "' is " + ExactValues.name(type) + ", but the topic holds " + schema);
        }
        return placed(Lengths.checked(reader, type), path);
    }

    private static @Nullable ValueReader find(Schema schema, RelDataType type, ColumnPath path) {
        if (schema.getType() == Schema.Type.NULL) {
            return NULL;
        }
        return switch (type.getSqlTypeName()) {
            case BOOLEAN -> schema.getType() == Schema.Type.BOOLEAN ? BinaryDecoder::readBoolean : null;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> NumberReaders.whole(schema, type);
            case REAL -> NumberReaders.real(schema);
            case FLOAT, DOUBLE -> NumberReaders.floating(schema);
            case DECIMAL -> NumberReaders.decimal(schema, type);
            case CHAR, VARCHAR -> TextReaders.text(schema);
            case BINARY, VARBINARY -> TextReaders.binary(schema);
            case UUID -> TextReaders.uuid(schema);
            case DATE -> TimeReaders.date(schema);
            case TIME -> TimeReaders.time(schema, type);
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TimeReaders.timestamp(schema, type);
            case ARRAY -> CollectionReaders.array(schema, type, path);
            case MAP -> CollectionReaders.map(schema, type, path);
            case ROW ->
                schema.getType() == Schema.Type.RECORD ? RecordReader.nested(schema, type.getFieldList(), path) : null;
            default ->
                IntervalKind.of(type)
                        .map(kind -> IntervalReaders.of(kind, schema))
                        .orElse(null);
        };
    }

    /** A reader that says of a value that does not fit where it is. */
    private static ValueReader placed(ValueReader reader, ColumnPath path) {
        return decoder -> {
            try {
                return reader.read(decoder);
            } catch (UnfitValueException e) {
                throw e.isPlaced() ? e : e.at(path);
            }
        };
    }

    /** A reader that refuses null where the type does. */
    static ValueReader notNull(ValueReader reader, RelDataType type, ColumnPath path) {
        return type.isNullable()
                ? reader
                : decoder -> {
                    Object value = reader.read(decoder);
                    if (value == null) {
                        throw new UnfitValueException("it is NOT NULL, but its value is null").at(path);
                    }
                    return value;
                };
    }

    /** The branches of a union that are not null. */
    static List<Schema> branches(Schema union) {
        return union.getTypes().stream()
                .filter(branch -> branch.getType() != Schema.Type.NULL)
                .toList();
    }
}
