package io.millrace.connect.s3.parquet;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Maps Connect's schemas to Parquet's, after the format's document on logical types. */
final class ParquetSchema {

    private ParquetSchema() {}

    /**
     * The message of a struct's fields.
     *
     * @throws DataException when Parquet has no such thing; the message names the field
     */
    static MessageType message(Schema struct) {
        if (struct.type() != Schema.Type.STRUCT) {
            throw new DataException("the value is a " + struct.type() + ", but Parquet stores records: a STRUCT");
        }
        String name = struct.name() == null ? "record" : struct.name();
        return new MessageType(name, fields("", struct));
    }

    private static List<Type> fields(String path, Schema struct) {
        if (struct.fields().isEmpty()) {
            throw new DataException((path.isEmpty() ? "the value" : "field '" + path + "'")
                    + " is a struct without fields, which Parquet does not have");
        }
        List<Type> types = new ArrayList<>();
        for (Field field : struct.fields()) {
            types.add(type(join(path, field.name()), field.name(), field.schema()));
        }
        return types;
    }

    static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static Type type(String path, String name, Schema schema) {
        Repetition repetition = schema.isOptional() ? Repetition.OPTIONAL : Repetition.REQUIRED;
        Type logical = logical(path, name, schema, repetition);
        if (logical != null) {
            return logical;
        }
        return switch (schema.type()) {
            case INT8 -> integer(name, repetition, 8);
            case INT16 -> integer(name, repetition, 16);
            case INT32 -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
            case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
            case FLOAT32 -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
            case FLOAT64 ->
                Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
            case BOOLEAN ->
                Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
            case STRING ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            case BYTES -> Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case ARRAY ->
                Types.list(repetition)
                        .element(type(join(path, "element"), "element", schema.valueSchema()))
                        .named(name);
            case MAP -> map(path, name, schema, repetition);
            case STRUCT ->
                Types.buildGroup(repetition)
                        .addFields(fields(path, schema).toArray(Type[]::new))
                        .named(name);
        };
    }

    private static Type integer(String name, Repetition repetition, int bits) {
        return Types.primitive(PrimitiveTypeName.INT32, repetition)
                .as(LogicalTypeAnnotation.intType(bits, true))
                .named(name);
    }

    private static Type map(String path, String name, Schema schema, Repetition repetition) {
        if (schema.keySchema().isOptional()) {
            throw new DataException("field '" + path + "': the keys of a map in Parquet cannot be optional");
        }
        return Types.map(repetition)
                .key(type(join(path, "key"), "key", schema.keySchema()))
                .value(type(join(path, "value"), "value", schema.valueSchema()))
                .named(name);
    }

    private static @Nullable Type logical(String path, String name, Schema schema, Repetition repetition) {
        if (schema.name() == null) {
            return null;
        }
        return switch (schema.name()) {
            case Decimal.LOGICAL_NAME -> decimal(DecimalShape.of(path, schema), name, repetition);
            case Date.LOGICAL_NAME ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(LogicalTypeAnnotation.dateType())
                        .named(name);
            // A time of day belongs to no zone.
            case Time.LOGICAL_NAME ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(LogicalTypeAnnotation.timeType(false, TimeUnit.MILLIS))
                        .named(name);
            case Timestamp.LOGICAL_NAME ->
                Types.primitive(PrimitiveTypeName.INT64, repetition)
                        .as(LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS))
                        .named(name);
            default -> null;
        };
    }

    private static Type decimal(DecimalShape shape, String name, Repetition repetition) {
        LogicalTypeAnnotation decimal = LogicalTypeAnnotation.decimalType(shape.scale(), shape.precision());
        if (shape.precision() <= 9) {
            return Types.primitive(PrimitiveTypeName.INT32, repetition)
                    .as(decimal)
                    .named(name);
        }
        if (shape.precision() <= 18) {
            return Types.primitive(PrimitiveTypeName.INT64, repetition)
                    .as(decimal)
                    .named(name);
        }
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(shape.byteCount())
                .as(decimal)
                .named(name);
    }
}
