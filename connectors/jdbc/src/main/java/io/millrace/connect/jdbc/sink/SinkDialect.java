package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.Fault;
import io.millrace.connect.jdbc.database.MySqlDialect;
import io.millrace.connect.jdbc.database.SqliteDialect;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
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
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.jspecify.annotations.Nullable;

/** What one database does in its own way when rows are written to it. */
public interface SinkDialect {

    /** The name that Confluent's converters know a decimal's precision by. */
    String PRECISION = "connect.decimal.precision";

    /** The database's other ways. */
    Dialect database();

    /** An identifier, quoted. */
    default String quote(String identifier) {
        return database().quote(identifier);
    }

    /** A table's name, quoted. */
    default String name(TableName table) {
        return database().name(table);
    }

    /** The type of a new table's column for this schema; null when there is none. */
    @Nullable
    String typeFor(Schema schema);

    /** The type of a new table's column that is part of its primary key; null when there is none. */
    default @Nullable String keyTypeFor(Schema schema) {
        return typeFor(schema);
    }

    /** The type of a new table's column for this field; null when there is none. */
    default @Nullable String typeFor(RecordField field) {
        return field.isPrimaryKey() ? keyTypeFor(field.schema()) : typeFor(field.schema());
    }

    /** The type that a column would need so that it holds all values of a schema; null when it does. */
    default @Nullable String widerType(TableColumn column, Schema schema) {
        return null;
    }

    /** What goes behind ALTER TABLE to give a column another type; null when that cannot be. */
    default @Nullable String changeType(TableColumn column, String type) {
        return null;
    }

    /** What goes behind ALTER TABLE to let a column be null; null when that cannot be. */
    default @Nullable String dropNotNull(TableColumn column) {
        return null;
    }

    /** What goes behind an INSERT so that a row whose key is there already replaces that one. */
    String replaceOnConflict(List<String> keyColumns, List<String> otherColumns);

    /** How rows reach their table; what that needs is made in the connection's session. */
    default RowLoad load(Connection connection, TableWrite write) throws SQLException {
        return PreparedLoad.of(write, this);
    }

    /** Statements after which constraints that wait for the end of the transaction are checked at once. */
    default List<String> checkAtOnce() {
        return List.of();
    }

    /** Sets a parameter to a Connect value, which is going into {@code column}. */
    default void bind(PreparedStatement statement, int index, Schema schema, TableColumn column, @Nullable Object value)
            throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof java.util.Date date) {
            bindTime(statement, index, String.valueOf(schema.name()), column, date.toInstant());
        } else if (value instanceof BigDecimal number) {
            bindDecimal(statement, index, number);
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

    /** Sets a parameter to a text. */
    default void bindText(PreparedStatement statement, int index, TableColumn column, String text) throws SQLException {
        statement.setString(index, text);
    }

    /** Sets a parameter to a number. */
    default void bindDecimal(PreparedStatement statement, int index, BigDecimal number) throws SQLException {
        statement.setBigDecimal(index, number);
    }

    /** Sets a parameter to a date or time, by the name of its logical type. */
    default void bindTime(PreparedStatement statement, int index, String logical, TableColumn column, Instant instant)
            throws SQLException {
        if (logical.equals(Date.LOGICAL_NAME)) {
            statement.setObject(index, LocalDate.ofInstant(instant, ZoneOffset.UTC));
        } else if (logical.equals(Time.LOGICAL_NAME)) {
            statement.setObject(index, LocalTime.ofInstant(instant, ZoneOffset.UTC));
        } else {
            statement.setObject(index, LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
        }
    }

    /** Whether an error says that a table is there already, or is being made by somebody else. */
    boolean isAlreadyThere(SQLException error);

    /** Whether an error says that the transaction was ended so that others can go on. */
    default boolean isDeadlock(SQLException error) {
        return String.valueOf(Fault.root(error).getSQLState()).startsWith("40");
    }

    /** Whether an error says that the user may not do this. */
    default boolean isForbidden(SQLException error) {
        return "42501".equals(Fault.root(error).getSQLState());
    }

    /** The dialect of a sink for a database. */
    static SinkDialect of(Dialect database) {
        if (database instanceof MySqlDialect) {
            return new MySqlSink(database);
        }
        return database instanceof SqliteDialect ? new SqliteSink(database) : new PostgresSink(database);
    }

    /** A decimal's parameter; null when its schema has none. */
    static @Nullable String parameter(Schema schema, String name) {
        return schema.parameters() == null ? null : schema.parameters().get(name);
    }
}
