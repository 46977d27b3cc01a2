package io.millrace.engine.row;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * A row as one line of JSON, for people: times and intervals in ISO 8601, decimals as texts, bytes in
 * hexadecimal. All but the bytes is what {@link JsonRows} reads the row from.
 */
public final class RowJson {

    private RowJson() {}

    public static String write(RelDataType rowType, Row row) {
        StringBuilder json = new StringBuilder();
        fields(json, rowType.getFieldList(), row);
        return json.toString();
    }

    private static void fields(StringBuilder json, List<RelDataTypeField> columns, Row row) {
        json.append('{');
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                json.append(", ");
            }
            quote(json, columns.get(i).getName());
            json.append(": ");
            value(json, columns.get(i).getType(), row.get(i));
        }
        json.append('}');
    }

    private static void value(StringBuilder json, RelDataType type, @Nullable Object value) {
        if (value == null) {
            json.append("null");
            return;
        }
        switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> json.append(value);
            case REAL, FLOAT, DOUBLE -> number(json, value.toString(), ((Number) value).doubleValue());
            case ARRAY -> array(json, CollectionReaders.component(type.getComponentType()), (List<?>) value);
            case MAP -> map(json, type, (Map<?, ?>) value);
            case ROW -> fields(json, type.getFieldList(), Row.of(CollectionWriters.rowOf(value)));
            default -> quote(json, text(type, value));
        }
    }

    /** Bytes, and what no row holds but one that could not be written either, are shown as Java shows them. */
    private static String text(RelDataType type, Object value) {
        boolean hasText = switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR, DECIMAL, UUID, DATE, TIME, TIMESTAMP -> true;
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> true;
            default -> IntervalKind.of(type).isPresent();
        };
        return hasText ? TextValues.format(value, type) : value.toString();
    }

    private static void array(StringBuilder json, RelDataType elementType, List<?> list) {
        json.append('[');
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            value(json, elementType, elements.next());
            json.append(elements.hasNext() ? ", " : "");
        }
        json.append(']');
    }

    /** Keys are texts in JSON, whatever they are: a nested one is written as the JSON that it is. */
    private static void map(StringBuilder json, RelDataType type, Map<?, ?> map) {
        RelDataType keyType = CollectionReaders.component(type.getKeyType());
        RelDataType valueType = CollectionReaders.component(type.getValueType());
        json.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator(); entries.hasNext(); ) {
            Map.Entry<?, ?> entry = entries.next();
            quote(json, key(keyType, entry.getKey()));
            json.append(": ");
            value(json, valueType, entry.getValue());
            json.append(entries.hasNext() ? ", " : "");
        }
        json.append('}');
    }

    private static String key(RelDataType type, @Nullable Object key) {
        SqlTypeName name = type.getSqlTypeName();
        if (key == null || name == SqlTypeName.ARRAY || name == SqlTypeName.MAP || name == SqlTypeName.ROW) {
            StringBuilder json = new StringBuilder();
            value(json, type, key);
            return json.toString();
        }
        return TextValues.format(key, type);
    }

    /** JSON has no words for the numbers that are none. */
    private static void number(StringBuilder json, String text, double value) {
        if (Double.isFinite(value)) {
            json.append(text);
        } else {
            quote(json, text);
        }
    }

    private static void quote(StringBuilder json, String text) {
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> json.append("\\\"");
                case '\\' -> json.append("\\\\");
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (c < ' ') {
                        json.append(String.format("\\u%04x", (int) c));
                    } else {
                        json.append(c);
                    }
                }
            }
        }
        json.append('"');
    }
}
