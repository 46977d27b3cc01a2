package io.millrace.connect.jdbc;

import io.millrace.connect.common.ColumnType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/** How PostgreSQL's types and Connect's become each other. */
final class PostgresTypes {

    private static final String PRECISION = "connect.decimal.precision";
    private static final int MAX_PRECISION = 1000;
    private static final Set<String> TEXT = Set.of("text", "varchar", "bpchar", "name", "citext");
    private static final Set<String> READ_AS_TEXT = Set.of("uuid", "json", "jsonb", "xml");

    private PostgresTypes() {}

    static ColumnFamily family(TableColumn column) {
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

    static @Nullable ColumnType columnType(TableColumn column) {
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
    static String castName(TableColumn column, Dialect dialect) {
        return switch (column.typeName()) {
            case "smallserial" -> "int2";
            case "serial" -> "int4";
            case "bigserial" -> "int8";
            default -> column.typeName().startsWith("\"") ? column.typeName() : dialect.quote(column.typeName());
        };
    }

    static @Nullable String typeFor(Schema schema) {
        String logical = schema.name() == null ? "" : schema.name();
        return switch (logical) {
            case Decimal.LOGICAL_NAME -> numeric(schema);
            case Date.LOGICAL_NAME -> "date";
            case Time.LOGICAL_NAME -> "time(3)";
            case Timestamp.LOGICAL_NAME -> "timestamp(3)";
            default ->
                switch (schema.type()) {
                    case BOOLEAN -> "boolean";
                    case INT8, INT16 -> "smallint";
                    case INT32 -> "integer";
                    case INT64 -> "bigint";
                    case FLOAT32 -> "real";
                    case FLOAT64 -> "double precision";
                    case STRING -> "text";
                    case BYTES -> "bytea";
                    case ARRAY, MAP, STRUCT -> null;
                };
        };
    }

    private static String numeric(Schema schema) {
        String precision =
                schema.parameters() == null ? null : schema.parameters().get(PRECISION);
        String scale = schema.parameters() == null ? null : schema.parameters().get(Decimal.SCALE_FIELD);
        return precision == null || scale == null ? "numeric" : "numeric(" + precision + ", " + scale + ")";
    }

    static void bind(PreparedStatement statement, int index, Schema schema, TableColumn column, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof java.util.Date date) {
            bindTime(statement, index, String.valueOf(schema.name()), column, date.toInstant());
        } else if (value instanceof BigDecimal number) {
            statement.setBigDecimal(index, number);
        } else if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            statement.setBytes(index, bytes);
        } else if (value instanceof byte[] bytes) {
            statement.setBytes(index, bytes);
        } else if (value instanceof String text) {
            bindText(statement, index, column, text);
        } else if (value instanceof Byte number) {
            statement.setShort(index, number);
        } else {
            statement.setObject(index, value);
        }
    }

    /** Into a column of another type, such as uuid or jsonb, a text goes untyped, so that the server reads it as that. */
    private static void bindText(PreparedStatement statement, int index, TableColumn column, String text)
            throws SQLException {
        if (TEXT.contains(column.typeName())) {
            statement.setString(index, text);
        } else {
            statement.setObject(index, text, Types.OTHER);
        }
    }

    private static void bindTime(
            PreparedStatement statement, int index, String logical, TableColumn column, Instant instant)
            throws SQLException {
        if (logical.equals(Date.LOGICAL_NAME)) {
            statement.setObject(index, LocalDate.ofInstant(instant, ZoneOffset.UTC));
        } else if (logical.equals(Time.LOGICAL_NAME)) {
            statement.setObject(index, LocalTime.ofInstant(instant, ZoneOffset.UTC));
        } else if (column.typeName().equals("timestamptz")) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else {
            statement.setObject(index, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }
    }
}
