package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How columns of MariaDB and MySQL are read. Their driver names types in capitals, with UNSIGNED behind. */
final class MySqlTypes {

    private MySqlTypes() {}

    private static String base(TableColumn column) {
        String name = column.typeName().toUpperCase(Locale.ROOT);
        int end = name.indexOf('(');
        String bare = end < 0 ? name : name.substring(0, end) + name.substring(name.lastIndexOf(')') + 1);
        return bare.replace(" UNSIGNED", "").replace(" ZEROFILL", "").strip();
    }

    static boolean isEnumeration(TableColumn column) {
        return base(column).equals("ENUM") || base(column).equals("SET");
    }

    static boolean isFloat(TableColumn column) {
        return base(column).equals("FLOAT");
    }

    private static boolean isUnsigned(TableColumn column) {
        return column.typeName().toUpperCase(Locale.ROOT).contains("UNSIGNED");
    }

    static ColumnFamily family(TableColumn column) {
        return switch (base(column)) {
            case "TINYINT", "SMALLINT", "MEDIUMINT", "INT", "INTEGER", "BIGINT", "YEAR" -> ColumnFamily.WHOLE;
            case "DECIMAL", "NUMERIC" -> ColumnFamily.DECIMAL;
            case "FLOAT", "DOUBLE", "REAL" -> ColumnFamily.FLOATING;
            case "CHAR",
                    "VARCHAR",
                    "TINYTEXT",
                    "TEXT",
                    "MEDIUMTEXT",
                    "LONGTEXT",
                    "ENUM",
                    "SET",
                    "UUID",
                    "INET4",
                    "INET6",
                    "JSON" -> ColumnFamily.TEXT;
            case "BINARY", "VARBINARY", "TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB" -> ColumnFamily.BYTES;
            case "DATE" -> ColumnFamily.DATE;
            case "TIME" -> ColumnFamily.TIME;
            case "DATETIME" -> ColumnFamily.LOCAL_TIMESTAMP;
            case "TIMESTAMP" -> ColumnFamily.INSTANT;
            case "BIT" -> column.size() <= 1 ? ColumnFamily.BOOLEAN : ColumnFamily.BYTES;
            default -> ColumnFamily.OTHER;
        };
    }

    static @Nullable ColumnType columnType(TableColumn column) {
        return switch (family(column)) {
            case BOOLEAN -> plain(ColumnType.Kind.BOOLEAN);
            case WHOLE -> whole(column);
            case DECIMAL -> new ColumnType(ColumnType.Kind.DECIMAL, column.size(), column.scale());
            case FLOATING -> plain(base(column).equals("FLOAT") ? ColumnType.Kind.REAL : ColumnType.Kind.DOUBLE);
            case TEXT -> plain(ColumnType.Kind.STRING);
            case BYTES -> plain(ColumnType.Kind.BYTES);
            case DATE -> plain(ColumnType.Kind.DATE);
            case TIME -> plain(ColumnType.Kind.TIME);
            case LOCAL_TIMESTAMP, INSTANT -> plain(ColumnType.Kind.TIMESTAMP);
            case OTHER -> null;
        };
    }

    private static ColumnType plain(ColumnType.Kind kind) {
        return new ColumnType(kind, 0, 0);
    }

    /** The smallest type that holds all of the column's numbers. */
    private static ColumnType whole(TableColumn column) {
        boolean isUnsigned = isUnsigned(column);
        return switch (base(column)) {
            case "TINYINT" -> plain(isUnsigned ? ColumnType.Kind.SMALLINT : ColumnType.Kind.TINYINT);
            case "SMALLINT" -> plain(isUnsigned ? ColumnType.Kind.INT : ColumnType.Kind.SMALLINT);
            case "YEAR" -> plain(ColumnType.Kind.SMALLINT);
            case "MEDIUMINT" -> plain(ColumnType.Kind.INT);
            case "INT", "INTEGER" -> plain(isUnsigned ? ColumnType.Kind.BIGINT : ColumnType.Kind.INT);
            default -> isUnsigned ? new ColumnType(ColumnType.Kind.DECIMAL, 20, 0) : plain(ColumnType.Kind.BIGINT);
        };
    }

    /** A column compared with a cast of its own type keeps its index. */
    static String parameterFromText(TableColumn column) {
        return switch (family(column)) {
            case WHOLE -> isUnsigned(column) ? "CAST(? AS UNSIGNED)" : "CAST(? AS SIGNED)";
            case DECIMAL -> "CAST(? AS DECIMAL(" + column.size() + "," + column.scale() + "))";
            case FLOATING -> "CAST(? AS DOUBLE)";
            case BYTES -> "UNHEX(?)";
            case DATE -> "CAST(? AS DATE)";
            case TIME -> "CAST(? AS TIME(6))";
            case LOCAL_TIMESTAMP, INSTANT -> "CAST(? AS DATETIME(6))";
            default -> "?";
        };
    }
}
