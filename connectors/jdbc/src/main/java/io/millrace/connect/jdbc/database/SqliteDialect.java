package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** SQLite 3.35 and newer: a file. Its columns have affinities, and a value its own type. */
public final class SqliteDialect implements Dialect {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** Primary result codes: busy, locked, interrupted, input or output error, full, cannot open, protocol. */
    private static final Set<Integer> AWAY = Set.of(5, 6, 9, 10, 13, 14, 15);

    /** Primary result codes: too big, constraint, mismatch. */
    private static final Set<Integer> DATA = Set.of(18, 19, 20);

    @Override
    public List<String> urlPrefixes() {
        return List.of("jdbc:sqlite:");
    }

    @Override
    public Driver driver() {
        return new org.sqlite.JDBC();
    }

    /** Whoever finds the file locked waits. */
    @Override
    public Map<String, String> connectionProperties(String application) {
        return Map.of("busy_timeout", "10000");
    }

    @Override
    public List<String> sessionSetup() {
        return List.of();
    }

    @Override
    public List<@Nullable String> searchPath(Connection connection) {
        return java.util.Collections.singletonList(null);
    }

    @Override
    public boolean isOwnSchema(String schema) {
        return false;
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int maxIdentifierBytes() {
        return Integer.MAX_VALUE;
    }

    @Override
    public ColumnFamily family(TableColumn column) {
        return SqliteTypes.family(column);
    }

    @Override
    public @Nullable ColumnType columnType(TableColumn column) {
        return SqliteTypes.columnType(column);
    }

    @Override
    public String asText(String expression) {
        return "CAST(" + expression + " AS TEXT)";
    }

    @Override
    public String firstRows(int count) {
        return " LIMIT " + count;
    }

    @Override
    public boolean isPlainText(TableColumn column) {
        return SqliteTypes.family(column) == ColumnFamily.TEXT;
    }

    @Override
    public boolean isPadded(TableColumn column) {
        return false;
    }

    @Override
    public String byBytes(String text) {
        return text + " COLLATE BINARY";
    }

    @Override
    public String textLiteral(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    @Override
    public String timestampLiteral(LocalDateTime time, boolean isInstant) {
        return "'" + TIMESTAMP.format(time) + "'";
    }

    /** The greatest row number, which no more rows than that have; -1 for a table without row numbers. */
    @Override
    public long estimatedRows(Connection connection, TableName table) {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(rowid) FROM " + name(table))) {
            return rows.next() ? rows.getLong(1) : -1;
        } catch (SQLException e) {
            return -1;
        }
    }

    @Override
    public String rowAfter(long skipped) {
        return " LIMIT 1 OFFSET " + skipped;
    }

    @Override
    public boolean isStrictlyTyped() {
        return false;
    }

    @Override
    public String placeText(TableColumn column, String expression) {
        return switch (family(column)) {
            case BYTES -> "hex(" + expression + ")";
            case WHOLE, TEXT -> expression;
            default -> asText(expression);
        };
    }

    /** There is one writer at a time, and nobody reads what it has not committed: rows come in the order of their ids. */
    @Override
    public Set<String> running(Connection connection, @Nullable TableName table) {
        return Set.of();
    }

    @Override
    public String parameterFromText(TableColumn column) {
        return SqliteTypes.parameterFromText(column);
    }

    @Override
    public boolean isOfAnotherShape(SQLException error) {
        String message = String.valueOf(error.getMessage());
        return message.contains("no such column") || message.contains("no such table");
    }

    @Override
    public Fault fault(SQLException error) {
        Fault byClass = Fault.byClass(error);
        if (byClass != null) {
            return byClass;
        }
        // An extended code has the primary one in its lowest byte.
        int code = Fault.root(error).getErrorCode() & 0xff;
        if (AWAY.contains(code)) {
            return Fault.AWAY;
        }
        return DATA.contains(code) ? Fault.DATA : Fault.SETUP;
    }
}
