package io.millrace.engine.row;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;

/** Passes over values that nobody asks for, without making them. */
final class SkippedFields {

    private SkippedFields() {}

    static void skip(Schema schema, BinaryDecoder decoder) throws IOException {
        switch (schema.getType()) {
            case NULL -> decoder.readNull();
            case BOOLEAN -> decoder.readBoolean();
            case INT, ENUM -> decoder.readInt();
            case LONG -> decoder.readLong();
            case FLOAT -> decoder.readFloat();
            case DOUBLE -> decoder.readDouble();
            case STRING -> decoder.skipString();
            case BYTES -> decoder.skipBytes();
            case FIXED -> decoder.skipFixed(schema.getFixedSize());
            case UNION -> skip(schema.getTypes().get(decoder.readIndex()), decoder);
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    skip(field.schema(), decoder);
                }
            }
            case ARRAY -> {
                Schema element = schema.getElementType();
                // A count in a few bytes would otherwise keep the loop busy for years.
                boolean hasBytes = !isWithoutBytes(element);
                for (long count = decoder.skipArray(); count != 0; count = decoder.skipArray()) {
                    for (long i = 0; hasBytes && i < count; i++) {
                        skip(element, decoder);
                    }
                }
            }
            case MAP -> {
                for (long count = decoder.skipMap(); count != 0; count = decoder.skipMap()) {
                    for (long i = 0; i < count; i++) {
                        decoder.skipString();
                        skip(schema.getValueType(), decoder);
                    }
                }
            }
        }
    }

    /** Whether values of the schema take no bytes: null, and records of nothing else. */
    static boolean isWithoutBytes(Schema schema) {
        return isWithoutBytes(schema, new HashSet<>());
    }

    private static boolean isWithoutBytes(Schema schema, Set<String> seen) {
        return switch (schema.getType()) {
            case NULL -> true;
            case FIXED -> schema.getFixedSize() == 0;
            case RECORD ->
                !seen.add(schema.getFullName())
                        || schema.getFields().stream().allMatch(field -> isWithoutBytes(field.schema(), seen));
            default -> false;
        };
    }

    /**
     * Refuses a schema that contains itself: rows of SQL end somewhere.
     *
     * @throws IllegalArgumentException naming the record and the column
     */
    static void checkNotRecursive(Schema schema, ColumnPath path) {
        check(schema, path, new HashSet<>(), new HashSet<>());
    }

    private static void check(Schema schema, ColumnPath path, Set<String> open, Set<String> done) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(branch -> check(branch, path, open, done));
            case ARRAY -> check(schema.getElementType(), path, open, done);
            case MAP -> check(schema.getValueType(), path, open, done);
            case RECORD -> {
                if (!open.add(schema.getFullName())) {
                    throw new IllegalArgumentException("Column '" + path + "' holds records of " + schema.getFullName()
                            + ", which contain themselves: a recursive schema is no type of SQL");
                }
                if (done.add(schema.getFullName())) {
                    schema.getFields().forEach(field -> check(field.schema(), path, open, done));
                }
                open.remove(schema.getFullName());
            }
            default -> {}
        }
    }
}
