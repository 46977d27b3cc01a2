package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Fault;
import io.millrace.connect.jdbc.database.TableColumn;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * MariaDB and MySQL as a sink's database.
 *
 * @param database its other ways
 */
record MySqlSink(Dialect database) implements SinkDialect {

    private static final int TABLE_EXISTS = 1050;
    private static final Set<Integer> FORBIDDEN = Set.of(1044, 1142, 1143, 1227);
    private static final int COLUMN_EXISTS = 1060;
    private static final String MOST_DIGITS = "65";
    private static final String MOST_SCALE = "30";

    @Override
    public String typeFor(Schema schema) {
        String logical = schema.name() == null ? "" : schema.name();
        return switch (logical) {
            case Decimal.LOGICAL_NAME -> decimal(schema);
            case Date.LOGICAL_NAME -> "date";
            case Time.LOGICAL_NAME -> "time(3)";
            case Timestamp.LOGICAL_NAME -> "datetime(3)";
            default ->
                switch (schema.type()) {
                    case BOOLEAN -> "boolean";
                    case INT8 -> "tinyint";
                    case INT16 -> "smallint";
                    case INT32 -> "int";
                    case INT64 -> "bigint";
                    case FLOAT32 -> "float";
                    case FLOAT64 -> "double";
                    case STRING -> "longtext CHARACTER SET utf8mb4";
                    case BYTES -> "longblob";
                    case ARRAY, MAP, STRUCT -> "json";
                };
        };
    }

    /** An index holds a text in part, a key needs all of it; and texts that differ in case alone are two keys on a topic. */
    @Override
    public String keyTypeFor(Schema schema) {
        if (schema.name() != null) {
            return typeFor(schema);
        }
        return switch (schema.type()) {
            case STRING -> "varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
            case BYTES -> "varbinary(255)";
            default -> typeFor(schema);
        };
    }

    private static String decimal(Schema schema) {
        String precision = SinkDialect.parameter(schema, PRECISION);
        String scale = SinkDialect.parameter(schema, Decimal.SCALE_FIELD);
        return "decimal(" + (precision == null ? MOST_DIGITS : precision) + ", " + (scale == null ? MOST_SCALE : scale)
                + ")";
    }

    @Override
    public @Nullable String widerType(TableColumn column, Schema schema) {
        return TypeWidth.wider(column, schema, typeFor(schema));
    }

    @Override
    public String changeType(TableColumn column, String type) {
        return "MODIFY " + quote(column.name()) + " " + type + (column.nullable() ? "" : " NOT NULL");
    }

    @Override
    public String dropNotNull(TableColumn column) {
        return "MODIFY " + quote(column.name()) + " " + TypeWidth.definition(column) + " NULL";
    }

    @Override
    public RowLoad load(Connection connection, TableWrite write) {
        return write.action() == RowAction.UPDATE ? PreparedLoad.of(write, this) : MultiRowLoad.of(write, this);
    }

    @Override
    public String replaceOnConflict(List<String> keyColumns, List<String> otherColumns) {
        // Without other columns one of the key is set to what it is.
        List<String> set = otherColumns.isEmpty() ? keyColumns.subList(0, 1) : otherColumns;
        return set.stream()
                .map(column -> quote(column) + " = VALUES(" + quote(column) + ")")
                .collect(Collectors.joining(", ", "ON DUPLICATE KEY UPDATE ", ""));
    }

    @Override
    public boolean isAlreadyThere(SQLException error) {
        int code = Fault.root(error).getErrorCode();
        return code == TABLE_EXISTS || code == COLUMN_EXISTS;
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return FORBIDDEN.contains(Fault.root(error).getErrorCode());
    }
}
