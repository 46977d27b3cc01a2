package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How SQLite's columns are read: by the declared type, which a value need not keep to. One that does not is no row. */
final class SqliteTypes {

    private static final int MOST_DIGITS = 1000;

    private SqliteTypes() {}

    private static String declared(TableColumn column) {
        String name = column.typeName().toUpperCase(Locale.ROOT);
        int end = name.indexOf('(');
        return (end < 0 ? name : name.substring(0, end)).strip();
    }

    static ColumnFamily family(TableColumn column) {
        String name = declared(column);
        return switch (name) {
            case "BOOLEAN", "BOOL" -> ColumnFamily.BOOLEAN;
            case "DATE" -> ColumnFamily.DATE;
            case "TIME" -> ColumnFamily.TIME;
            case "DATETIME", "TIMESTAMP" -> ColumnFamily.LOCAL_TIMESTAMP;
            case "DECIMAL", "NUMERIC" -> ColumnFamily.DECIMAL;
            default -> byAffinity(name);
        };
    }

    /** Section 3.1 of "Datatypes In SQLite". */
    private static ColumnFamily byAffinity(String name) {
        if (name.contains("INT")) {
            return ColumnFamily.WHOLE;
        }
        if (name.contains("CHAR")
                || name.contains("CLOB")
                || name.contains("TEXT")
                || name.contains("JSON")
                || name.contains("UUID")) {
            return ColumnFamily.TEXT;
        }
        if (name.contains("BLOB")) {
            return ColumnFamily.BYTES;
        }
        return name.contains("REAL") || name.contains("FLOA") || name.contains("DOUB")
                ? ColumnFamily.FLOATING
                : ColumnFamily.OTHER;
    }

    static @Nullable ColumnType columnType(TableColumn column) {
        ColumnType.Kind kind = switch (family(column)) {
            case BOOLEAN -> ColumnType.Kind.BOOLEAN;
            case WHOLE -> ColumnType.Kind.BIGINT;
            case DECIMAL ->
                precision(column) > 0 && precision(column) <= MOST_DIGITS
                        ? ColumnType.Kind.DECIMAL
                        : ColumnType.Kind.STRING;
            case FLOATING -> ColumnType.Kind.DOUBLE;
            case BYTES -> ColumnType.Kind.BYTES;
            case DATE -> ColumnType.Kind.DATE;
            case TIME -> ColumnType.Kind.TIME;
            case LOCAL_TIMESTAMP, INSTANT -> ColumnType.Kind.TIMESTAMP;
            case TEXT, OTHER -> ColumnType.Kind.STRING;
        };
        return kind == ColumnType.Kind.DECIMAL
                ? new ColumnType(kind, precision(column), column.scale())
                : new ColumnType(kind, 0, 0);
    }

    /** The driver gives the digits on both sides of the point together with those behind it once more. */
    private static int precision(TableColumn column) {
        return column.size() - column.scale();
    }

    static String parameterFromText(TableColumn column) {
        return switch (family(column)) {
            case BOOLEAN, WHOLE -> "CAST(? AS INTEGER)";
            case DECIMAL -> "CAST(? AS NUMERIC)";
            case FLOATING -> "CAST(? AS REAL)";
            case BYTES -> "unhex(?)";
            default -> "?";
        };
    }
}
