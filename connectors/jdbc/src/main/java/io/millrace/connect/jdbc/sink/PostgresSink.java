package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Fault;
import io.millrace.connect.jdbc.database.TableColumn;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
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
 * PostgreSQL as a sink's database.
 *
 * @param database its other ways
 */
record PostgresSink(Dialect database) implements SinkDialect {

    private static final String PRECISION = "connect.decimal.precision";
    private static final Set<String> TEXT = Set.of("text", "varchar", "bpchar", "name", "citext");

    @Override
    public @Nullable String typeFor(Schema schema) {
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

    @Override
    public void bind(PreparedStatement statement, int index, Schema schema, TableColumn column, @Nullable Object value)
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

    @Override
    public String replaceOnConflict(List<String> keyColumns, List<String> otherColumns) {
        String target = keyColumns.stream().map(database::quote).collect(Collectors.joining(", ", "(", ")"));
        if (otherColumns.isEmpty()) {
            return "ON CONFLICT " + target + " DO NOTHING";
        }
        return otherColumns.stream()
                .map(column -> database.quote(column) + " = EXCLUDED." + database.quote(column))
                .collect(Collectors.joining(", ", "ON CONFLICT " + target + " DO UPDATE SET ", ""));
    }

    @Override
    public String ignoreOnConflict() {
        return "ON CONFLICT DO NOTHING";
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
        // Two sessions that make one table at the same time can collide in the catalogue.
        String state = Fault.root(error).getSQLState();
        return "42P07".equals(state) || "23505".equals(state);
    }
}
