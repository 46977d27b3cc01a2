package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 12 and newer. */
public final class PostgresDialect implements Dialect {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    /** Whether this is a standby, and the transactions that count; one row without a transaction at least. */
    private static final String RUNNING = "WITH RECURSIVE parts(oid) AS (SELECT c.oid FROM pg_class c"
            + " WHERE c.oid = CAST(CAST(? AS text) AS regclass) AND c.relkind IN ('r', 'p')"
            + " UNION SELECT i.inhrelid FROM pg_inherits i JOIN parts p ON i.inhparent = p.oid),"
            + " locks AS MATERIALIZED (SELECT * FROM pg_locks WHERE granted AND pid IS DISTINCT FROM pg_backend_pid()),"
            + " counted AS (SELECT virtualtransaction AS id FROM locks WHERE locktype = 'relation'"
            + " AND mode NOT IN ('AccessShareLock', 'RowShareLock') AND relation IN (SELECT oid FROM parts)"
            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
            + " UNION SELECT virtualtransaction FROM locks WHERE locktype IN ('virtualxid', 'transactionid')"
            + " AND mode = 'ExclusiveLock' AND NOT EXISTS (SELECT FROM parts))"
            + " SELECT pg_is_in_recovery(), id FROM counted"
            + " UNION ALL SELECT pg_is_in_recovery(), 'x' || l.transactionid FROM locks l JOIN counted ON id = l.virtualtransaction"
            + " WHERE l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock'"
            + " UNION ALL SELECT pg_is_in_recovery(), NULL";

    @Override
    public List<String> urlPrefixes() {
        return List.of("jdbc:postgresql:");
    }

    @Override
    public Driver driver() {
        return new org.postgresql.Driver();
    }

    @Override
    public Map<String, String> connectionProperties(String application) {
        return Map.of(
                "ApplicationName", application,
                "reWriteBatchedInserts", "true",
                // Every value comes as the text that the server writes, in its zone, and not as the driver would write
                // it.
                "binaryTransfer", "false",
                "connectTimeout", "10",
                "tcpKeepAlive", "true");
    }

    @Override
    public List<String> sessionSetup() {
        return List.of("SET TIME ZONE 'UTC'");
    }

    @Override
    public List<@Nullable String> searchPath(Connection connection) throws SQLException {
        List<@Nullable String> schemas = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT unnest(current_schemas(false))")) {
            while (rows.next()) {
                schemas.add(rows.getString(1));
            }
        }
        return schemas;
    }

    @Override
    public boolean isOwnSchema(String schema) {
        return schema.equals("information_schema") || schema.startsWith("pg_");
    }

    @Override
    public String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int maxIdentifierBytes() {
        return 63;
    }

    @Override
    public ColumnFamily family(TableColumn column) {
        return PostgresTypes.family(column);
    }

    @Override
    public @Nullable ColumnType columnType(TableColumn column) {
        return PostgresTypes.columnType(column);
    }

    @Override
    public String asText(String expression) {
        return "CAST(" + expression + " AS text)";
    }

    @Override
    public boolean isPlainText(TableColumn column) {
        return column.typeName().equals("text") || column.typeName().equals("varchar");
    }

    @Override
    public boolean isPadded(TableColumn column) {
        return column.typeName().equals("bpchar") || column.jdbcType() == Types.CHAR;
    }

    @Override
    public String byBytes(String text) {
        return text + " COLLATE \"C\"";
    }

    /** A backslash is one in an escape string alone, whatever {@code standard_conforming_strings} says. */
    @Override
    public String textLiteral(String text) {
        String quoted = "'" + text.replace("'", "''").replace("\\", "\\\\") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted;
    }

    @Override
    public String timestampLiteral(LocalDateTime time, boolean isInstant) {
        return "TIMESTAMP " + (isInstant ? "WITH TIME ZONE " : "") + "'" + TIMESTAMP.format(time)
                + (isInstant ? "+00" : "") + "'";
    }

    /** What VACUUM and ANALYZE have noted, in the proportion in which the file has grown since; of partitions together. */
    @Override
    public long estimatedRows(Connection connection, TableName table) throws SQLException {
        String sql = "WITH RECURSIVE parts(oid) AS (SELECT CAST(CAST(? AS regclass) AS oid)"
                + " UNION SELECT i.inhrelid FROM pg_inherits i JOIN parts p ON i.inhparent = p.oid)"
                + " SELECT COALESCE(SUM(CASE WHEN c.relpages > 0 THEN c.reltuples / c.relpages ELSE 50 END"
                + " * (pg_relation_size(c.oid) / current_setting('block_size')::int)), -1)::int8"
                + " FROM pg_class c JOIN parts USING (oid) WHERE c.relkind IN ('r', 'm')";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, name(table));
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }

    @Override
    public String sample(double percent) {
        return "TABLESAMPLE SYSTEM (" + percent + ")";
    }

    /** Binary values tell no type: a column that has become another meanwhile would be misread. */
    @Override
    public String typed(TableColumn column, String expression) {
        return "CAST(" + expression + " AS " + PostgresTypes.castName(column, this) + ")";
    }

    @Override
    public boolean hasBinaryCopy() {
        return true;
    }

    @Override
    public String finite(TableColumn column, String expression) {
        return switch (family(column)) {
            case DATE, LOCAL_TIMESTAMP, INSTANT -> "isfinite(" + expression + ")";
            default -> "";
        };
    }

    /**
     * A transaction takes its lock on a table before it asks for the table's next id, and holds it to its end. So for one table
     * it is the holders of such locks that count, on any of its partitions; for a view or a foreign table all transactions. A
     * transaction that is prepared loses its virtual id and keeps its other one, so that both are told. A standby does not see its
     * primary's transactions.
     */
    @Override
    public @Nullable Set<String> running(Connection connection, @Nullable TableName table) throws SQLException {
        Set<String> running = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(RUNNING)) {
            statement.setString(1, table == null ? null : name(table));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getBoolean(1)) {
                        return null;
                    }
                    running.add(rows.getString(2));
                }
            }
        }
        running.remove(null);
        return running;
    }

    @Override
    public String parameterFromText(TableColumn column) {
        return "CAST(? AS " + PostgresTypes.castName(column, this) + ")";
    }

    /** Undefined table, undefined column, cannot coerce, no such operator, and a plan whose result has another type. */
    @Override
    public boolean isOfAnotherShape(SQLException error) {
        return List.of("22003", "22P02", "42P01", "42703", "42846", "42883", "0A000")
                .contains(String.valueOf(Fault.root(error).getSQLState()));
    }

    /** By the classes of SQLSTATE in appendix A of PostgreSQL's manual. */
    @Override
    public Fault fault(SQLException error) {
        Fault byClass = Fault.byClass(error);
        if (byClass != null) {
            return byClass;
        }
        String state = String.valueOf(Fault.root(error).getSQLState());
        if (state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("53")
                || state.startsWith("57")
                || state.startsWith("58")
                || state.equals("55P03")
                || state.equals("25P03")) {
            return Fault.AWAY;
        }
        // 54: a value is too large for an index; P0001: a trigger says no
        return state.startsWith("21")
                        || state.startsWith("22")
                        || state.startsWith("23")
                        || state.startsWith("44")
                        || state.startsWith("54")
                        || state.equals("P0001")
                ? Fault.DATA
                : Fault.SETUP;
    }
}
