package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;

/**
 * SQLite as a sink's database: dates and times are texts, numbers with a point keep what a double has.
 *
 * @param database its other ways
 */
record SqliteSink(Dialect database) implements SinkDialect {

    private static final DateTimeFormatter DATE = format("uuuu-MM-dd");
    private static final DateTimeFormatter TIME = format("HH:mm:ss.SSS");
    private static final DateTimeFormatter TIMESTAMP = format("uuuu-MM-dd HH:mm:ss.SSS");

    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    @Override
    public String typeFor(Schema schema) {
        String logical = schema.name() == null ? "" : schema.name();
        return switch (logical) {
            case Decimal.LOGICAL_NAME -> decimal(schema);
            case Date.LOGICAL_NAME -> "DATE";
            case Time.LOGICAL_NAME -> "TIME";
            case Timestamp.LOGICAL_NAME -> "TIMESTAMP";
            default ->
                switch (schema.type()) {
                    case BOOLEAN -> "BOOLEAN";
                    case INT8, INT16, INT32, INT64 -> "INTEGER";
                    case FLOAT32, FLOAT64 -> "REAL";
                    case STRING -> "TEXT";
                    case BYTES -> "BLOB";
                    case ARRAY, MAP, STRUCT -> "JSON";
                };
        };
    }

    private static String decimal(Schema schema) {
        String precision = SinkDialect.parameter(schema, PRECISION);
        String scale = SinkDialect.parameter(schema, Decimal.SCALE_FIELD);
        return precision == null || scale == null ? "NUMERIC" : "DECIMAL(" + precision + ", " + scale + ")";
    }

    @Override
    public void bindDecimal(PreparedStatement statement, int index, BigDecimal number) throws SQLException {
        statement.setString(index, number.toPlainString());
    }

    @Override
    public void bindTime(PreparedStatement statement, int index, String logical, TableColumn column, Instant instant)
            throws SQLException {
        DateTimeFormatter format =
                logical.equals(Date.LOGICAL_NAME) ? DATE : logical.equals(Time.LOGICAL_NAME) ? TIME : TIMESTAMP;
        statement.setString(index, format.format(instant));
    }

    /** Without this, rows that belong to another would stay when that one goes. */
    @Override
    public RowLoad load(Connection connection, TableWrite write) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA foreign_keys = ON");
        }
        return PreparedLoad.of(write, this);
    }

    @Override
    public String replaceOnConflict(List<String> keyColumns, List<String> otherColumns) {
        return StandardConflict.replace(this, keyColumns, otherColumns);
    }

    @Override
    public boolean isAlreadyThere(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("already exists") || message.contains("duplicate column name");
    }
}
