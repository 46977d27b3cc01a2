package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL's types and Connect's become each other. */
public final class PostgresTypes {

    private static final int MAX_PRECISION = 1000;
    private static final Set<String> TEXT = Set.of("text", "varchar", "bpchar", "name", "citext");
    private static final Set<String> READ_AS_TEXT = Set.of("uuid", "json", "jsonb", "xml");

    private PostgresTypes() {}

    public static ColumnFamily family(TableColumn column) {
        return switch (column.typeName()) {
            case "bool" -> ColumnFamily.BOOLEAN;
            case "int2", "int4", "int8", "smallserial", "serial", "bigserial" -> ColumnFamily.WHOLE;
            case "numeric" -> ColumnFamily.DECIMAL;
            case "float4", "float8" -> ColumnFamily.FLOATING;
            case "bytea" -> ColumnFamily.BYTES;
            case "date" -> ColumnFamily.DATE;
            case "time" -> ColumnFamily.TIME;
            case "timestamp" -> ColumnFamily.LOCAL_TIMESTAMP;
            case "timestamptz" -> ColumnFamily.INSTANT;
            case "bit", "varbit", "money", "timetz", "oid" -> ColumnFamily.OTHER;
            default -> familyBeneath(column);
        };
    }

    /** Domains and enums have names of their own; only the type beneath tells what they are. */
    private static ColumnFamily familyBeneath(TableColumn column) {
        return switch (column.jdbcType()) {
            case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ColumnFamily.WHOLE;
            case Types.NUMERIC -> ColumnFamily.DECIMAL;
            case Types.REAL, Types.DOUBLE -> ColumnFamily.FLOATING;
            case Types.VARCHAR, Types.CHAR -> ColumnFamily.TEXT;
            case Types.BINARY -> ColumnFamily.BYTES;
            case Types.DATE -> ColumnFamily.DATE;
            default -> TEXT.contains(column.typeName()) ? ColumnFamily.TEXT : ColumnFamily.OTHER;
        };
    }

    public static @Nullable ColumnType columnType(TableColumn column) {
        ColumnType.Kind kind = switch (family(column)) {
            case BOOLEAN -> ColumnType.Kind.BOOLEAN;
            case WHOLE -> whole(column);
            case DECIMAL -> ColumnType.Kind.DECIMAL;
            case FLOATING -> column.jdbcType() == Types.REAL ? ColumnType.Kind.REAL : ColumnType.Kind.DOUBLE;
            case TEXT -> ColumnType.Kind.STRING;
            case BYTES -> ColumnType.Kind.BYTES;
            case DATE -> ColumnType.Kind.DATE;
            case TIME -> ColumnType.Kind.TIME;
            case LOCAL_TIMESTAMP, INSTANT -> ColumnType.Kind.TIMESTAMP;
            case OTHER -> READ_AS_TEXT.contains(column.typeName()) ? ColumnType.Kind.STRING : null;
        };
        if (kind == null) {
            return null;
        }
        if (kind != ColumnType.Kind.DECIMAL) {
            return new ColumnType(kind, 0, 0);
        }
        // Without a precision a numeric has any number of digits behind the point, each value its own.
        return column.size() < 1 || column.size() > MAX_PRECISION || column.scale() < 0
                ? null
                : new ColumnType(kind, Math.max(column.size(), column.scale()), column.scale());
    }

    private static ColumnType.Kind whole(TableColumn column) {
        return switch (column.jdbcType()) {
            case Types.SMALLINT -> ColumnType.Kind.SMALLINT;
            case Types.INTEGER -> ColumnType.Kind.INT;
            default -> ColumnType.Kind.BIGINT;
        };
    }

    /** The name to cast to: serials are no types, and the driver has already quoted a name outside of the search path. */
    public static String castName(TableColumn column, Dialect dialect) {
        return switch (column.typeName()) {
            case "smallserial" -> "int2";
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            default -> column.typeName().startsWith("\"") ? column.typeName() : dialect.quote(column.typeName());
        };
    }
}
