package io.millrace.engine.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.jspecify.annotations.Nullable;

/** A row as one line of JSON, for people: times in ISO 8601, decimals as strings, binary as hexadecimal. */
public final class RowJson {

    private RowJson() {}

    public static String write(RelDataType rowType, @Nullable Object[] row) {
        StringBuilder json = new StringBuilder("{");
        List<RelDataTypeField> columns = rowType.getFieldList();
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                json.append(", ");
            }
            quote(json, columns.get(i).getName());
            json.append(": ");
            value(json, columns.get(i).getType(), row[i]);
        }
        return json.append('}').toString();
    }

    private static void value(StringBuilder json, RelDataType type, @Nullable Object value) {
        if (value == null) {
            json.append("null");
            return;
        }
        switch (type.getSqlTypeName()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT -> json.append(value);
            case REAL, FLOAT, DOUBLE -> number(json, ((Number) value).doubleValue());
            default -> quote(json, text(type, value));
        }
    }

    private static String text(RelDataType type, Object value) {
        return switch (type.getSqlTypeName()) {
            case DATE -> LocalDate.ofEpochDay(((Number) value).longValue()).toString();
            case TIME ->
                LocalTime.ofNanoOfDay(((Number) value).longValue() * 1_000_000).toString();
            case TIMESTAMP -> {
                String instant =
                        Instant.ofEpochMilli(((Number) value).longValue()).toString();
                yield instant.substring(0, instant.length() - 1);
            }
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                Instant.ofEpochMilli(((Number) value).longValue()).toString();
            default -> value.toString();
        };
    }

    /** JSON has no words for the numbers that are none. */
    private static void number(StringBuilder json, double value) {
        if (Double.isFinite(value)) {
            json.append(value);
        } else {
            quote(json, Double.toString(value));
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
