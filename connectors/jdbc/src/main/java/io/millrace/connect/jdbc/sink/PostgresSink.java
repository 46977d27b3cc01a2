package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Fault;
import io.millrace.connect.jdbc.database.TableColumn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL as a sink's database.
 *
 * @param database its other ways
 */
record PostgresSink(Dialect database) implements SinkDialect {

    private static final Set<String> TEXT = Set.of("text", "varchar", "bpchar", "name", "citext");

    @Override
    public String typeFor(Schema schema) {
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
                    case ARRAY, MAP, STRUCT -> "jsonb";
                };
        };
    }

    private static String numeric(Schema schema) {
        String precision = SinkDialect.parameter(schema, PRECISION);
        String scale = SinkDialect.parameter(schema, Decimal.SCALE_FIELD);
        return precision == null || scale == null ? "numeric" : "numeric(" + precision + ", " + scale + ")";
    }

    /** Into a column of another type, such as uuid or jsonb, a text goes untyped, so that the server reads it as that. */
    @Override
    public void bindText(PreparedStatement statement, int index, TableColumn column, String text) throws SQLException {
        if (TEXT.contains(column.typeName())) {
            statement.setString(index, text);
        } else {
            statement.setObject(index, text, Types.OTHER);
        }
    }

    @Override
    public void bindTime(PreparedStatement statement, int index, String logical, TableColumn column, Instant instant)
            throws SQLException {
        if (logical.equals(Timestamp.LOGICAL_NAME) && column.typeName().equals("timestamptz")) {
            statement.setObject(index, instant.atOffset(ZoneOffset.UTC));
        } else {
            SinkDialect.super.bindTime(statement, index, logical, column, instant);
        }
    }

    @Override
    public String replaceOnConflict(List<String> keyColumns, List<String> otherColumns) {
        return StandardConflict.replace(this, keyColumns, otherColumns);
    }

    @Override
    public @Nullable String widerType(TableColumn column, Schema schema) {
        return TypeWidth.wider(column, schema, typeFor(schema));
    }

    @Override
    public String changeType(TableColumn column, String type) {
        return "ALTER COLUMN " + quote(column.name()) + " TYPE " + type;
    }

    @Override
    public String dropNotNull(TableColumn column) {
        return "ALTER COLUMN " + quote(column.name()) + " DROP NOT NULL";
    }

    @Override
    public RowLoad load(Connection connection, TableWrite write) throws SQLException {
        return new PostgresLoads(this).of(connection, write);
    }

    @Override
    public List<String> checkAtOnce() {
        return List.of("SET CONSTRAINTS ALL IMMEDIATE");
    }

    @Override
    public boolean isAlreadyThere(SQLException error) {
        // Two sessions that make one table at the same time can collide at its type, or in the catalogue.
        return List.of("42P07", "42701", "42710", "23505")
                .contains(String.valueOf(Fault.root(error).getSQLState()));
    }
}
