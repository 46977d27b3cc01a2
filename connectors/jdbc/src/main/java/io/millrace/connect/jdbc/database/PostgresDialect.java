package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL 12 and newer. */
public final class PostgresDialect implements Dialect {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

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

    @Override
    public String parameterFromText(TableColumn column) {
        return "CAST(? AS " + PostgresTypes.castName(column, this) + ")";
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
