package io.millrace.engine.row;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** Reads a JSON value as the internal value of one column's type. */
@FunctionalInterface
interface JsonReader {

    /**
     * The value that begins at the parser's current token, which is not null; its last token is the current one afterwards.
     *
     * @throws UnfitValueException when it is none of the column's type
     */
    Object read(JsonParser parser) throws IOException;

    /** The reader of values for the column of {@code type} at {@code path}. */
    static JsonReader of(RelDataType type, ColumnPath path) {
        JsonReader reader = switch (type.getSqlTypeName()) {
            case ARRAY -> array(type, path);
            case MAP -> map(type, path);
            case ROW -> row(type.getFieldList(), column -> true, path);
            default -> parser -> scalar(parser, type);
        };
        return parser -> {
            try {
                return reader.read(parser);
            } catch (UnfitValueException e) {
                throw e.isPlaced() ? e : e.at(path);
            }
        };
    }

    private static Object scalar(JsonParser parser, RelDataType type) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_STRING ->
                switch (type.getSqlTypeName()) {
                    case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> throw unfit("a text", type);
                    default -> TextValues.value(parser.getText(), type);
                };
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, type);
            case VALUE_TRUE, VALUE_FALSE ->
                switch (type.getSqlTypeName()) {
                    case BOOLEAN -> parser.getBooleanValue();
                    default -> throw unfit("true or false", type);
                };
            case START_OBJECT -> throw unfit("an object", type);
            default -> throw unfit("an array", type);
        };
    }

    private static Object number(JsonParser parser, RelDataType type) throws IOException {
        boolean isWhole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
        return switch (type.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, FLOAT, DOUBLE ->
                TextValues.value(parser.getText(), type);
            case DATE, TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> {
                if (!isWhole) {
                    throw unfit("a number with a fraction", type);
                }
                yield TextValues.value(parser.getText(), type);
            }
            default -> throw unfit("a number", type);
        };
    }

    private static UnfitValueException unfit(String what, RelDataType type) {
        return new UnfitValueException(what + " is no " + ExactValues.name(type));
    }

    private static JsonReader array(RelDataType type, ColumnPath path) {
        RelDataType elementType = CollectionReaders.component(type.getComponentType());
        ColumnPath place = path.element();
        JsonReader element = of(elementType, place);
        return parser -> {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw unfit("what is no array", type);
            }
            List<@Nullable Object> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(nullable(parser, element, elementType, place));
            }
            return list;
        };
    }

    private static JsonReader map(RelDataType type, ColumnPath path) {
        RelDataType keyType = CollectionReaders.component(type.getKeyType());
        RelDataType valueType = CollectionReaders.component(type.getValueType());
        ColumnPath place = path.element();
        JsonReader value = of(valueType, place);
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw unfit("what is no object", type);
            }
            Map<Object, @Nullable Object> map = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                Object key = TextValues.value(parser.currentName(), keyType);
                parser.nextToken();
                CollectionReaders.put(map, key, nullable(parser, value, valueType, place));
            }
            return map;
        };
    }

    /**
     * The reader of an object as a row.
     *
     * @param path the place of the row; null for a whole record
     */
    static JsonReader row(List<RelDataTypeField> columns, IntPredicate wanted, @Nullable ColumnPath path) {
        ColumnNames names = new ColumnNames(columns, name -> false);
        ColumnPath[] paths = new ColumnPath[columns.size()];
        @Nullable JsonReader[] readers = new JsonReader[columns.size()];
        for (int i = 0; i < readers.length; i++) {
            String name = columns.get(i).getName();
            paths[i] = path == null ? ColumnPath.of(name) : path.field(name);
            readers[i] = wanted.test(i) ? of(columns.get(i).getType(), paths[i]) : null;
        }
        return parser -> {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw new UnfitValueException("what is no object is no row");
            }
            @Nullable Object[] row = new Object[readers.length];
            Set<String> seen = new HashSet<>();
            boolean[] isRead = new boolean[readers.length];
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                if (!seen.add(name)) {
                    throw new UnfitValueException("the key '" + UnfitValueException.shown(name) + "' is there twice");
                }
                parser.nextToken();
                RelDataTypeField column = names.columnOf(name);
                JsonReader reader = column == null ? null : readers[column.getIndex()];
                if (column == null || reader == null) {
                    parser.skipChildren();
                    continue;
                }
                int index = column.getIndex();
                if (isRead[index]) {
                    throw UnfitValueException.placed("Column '" + paths[index] + "' is there twice, in other letters");
                }
                isRead[index] = true;
                row[index] = parser.currentToken() == JsonToken.VALUE_NULL ? null : reader.read(parser);
            }
            for (int i = 0; i < row.length; i++) {
                if (row[i] == null
                        && readers[i] != null
                        && !columns.get(i).getType().isNullable()) {
                    throw RecordReader.missing(paths[i]);
                }
            }
            return row;
        };
    }

    private static @Nullable Object nullable(JsonParser parser, JsonReader reader, RelDataType type, ColumnPath path)
            throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NULL) {
            return reader.read(parser);
        }
        if (!type.isNullable()) {
            throw new UnfitValueException("it is NOT NULL, but its value is null").at(path);
        }
        return null;
    }
}
