package io.millrace.connect.jdbc.database;

import io.millrace.connect.common.ColumnType;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.PreparedStatement;
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

/** MariaDB 10.6 and newer, and MySQL 8.0 and newer, through MariaDB's driver. */
public final class MySqlDialect implements Dialect {

    private static final String OWN_SCHEME = "jdbc:mysql:";
    private static final String DRIVER_SCHEME = "jdbc:mariadb:";
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private static final int LACKS_RIGHT = 1227;
    private static final int UNKNOWN_COLUMN = 1054;
    private static final int NO_SUCH_TABLE = 1146;

    /** Error numbers of the server that say: away or busy. The rest of what passes has a SQLSTATE of class 08 or 40. */
    private static final Set<Integer> AWAY = Set.of(
            1021, 1037, 1038, 1040, 1041, 1053, 1114, 1158, 1159, 1160, 1161, 1203, 1205, 1213, 1290, 1317, 1836, 1969);

    /** Error numbers that say: this row cannot be. */
    private static final Set<Integer> DATA = Set.of(
            1048, 1062, 1138, 1216, 1217, 1262, 1263, 1264, 1265, 1292, 1364, 1365, 1366, 1367, 1369, 1406, 1411, 1451,
            1452, 1525, 1557, 1586, 1644, 1690, 1748, 1761, 1762, 3140, 3156, 3819, 3903, 4025, 4161);

    @Override
    public List<String> urlPrefixes() {
        return List.of(DRIVER_SCHEME, OWN_SCHEME);
    }

    @Override
    public Driver driver() {
        return new org.mariadb.jdbc.Driver();
    }

    @Override
    public String driverUrl(String url) {
        return url.startsWith(OWN_SCHEME) ? DRIVER_SCHEME + url.substring(OWN_SCHEME.length()) : url;
    }

    @Override
    public Map<String, String> connectionProperties(String application) {
        return Map.of(
                "connectionTimeZone", "UTC",
                "forceConnectionTimeZoneToSession", "true",
                "preserveInstants", "true",
                "tinyInt1isBit", "false",
                "yearIsDateType", "false",
                "connectTimeout", "10000",
                "tcpKeepAlive", "true",
                "connectionAttributes", "program_name:" + application.replaceAll("[,:]", "_"));
    }

    @Override
    public List<String> sessionSetup() {
        return List.of("SET time_zone = '+00:00'", "SET sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')");
    }

    @Override
    public List<String> searchPath(Connection connection) throws SQLException {
        String current = connection.getCatalog();
        return current == null || current.isEmpty() ? List.of() : List.of(current);
    }

    @Override
    public boolean hasSchemasAsCatalogs() {
        return true;
    }

    @Override
    public boolean isOwnSchema(String schema) {
        return List.of("information_schema", "mysql", "performance_schema", "sys")
                .contains(schema.toLowerCase(Locale.ROOT));
    }

    @Override
    public String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    /** 64 characters, whatever their bytes: four at most. */
    @Override
    public int maxIdentifierBytes() {
        return 256;
    }

    @Override
    public ColumnFamily family(TableColumn column) {
        return MySqlTypes.family(column);
    }

    @Override
    public @Nullable ColumnType columnType(TableColumn column) {
        return MySqlTypes.columnType(column);
    }

    @Override
    public String asText(String expression) {
        return "CAST(" + expression + " AS CHAR)";
    }

    @Override
    public String firstRows(int count) {
        return " LIMIT " + count;
    }

    @Override
    public boolean isPlainText(TableColumn column) {
        return MySqlTypes.family(column) == ColumnFamily.TEXT;
    }

    @Override
    public boolean isPadded(TableColumn column) {
        return column.typeName().equals("CHAR");
    }

    @Override
    public String byBytes(String text) {
        return "BINARY " + text;
    }

    @Override
    public String textLiteral(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    @Override
    public String timestampLiteral(LocalDateTime time, boolean isInstant) {
        return "TIMESTAMP '" + TIMESTAMP.format(time) + "'";
    }

    @Override
    public long estimatedRows(Connection connection, TableName table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT table_rows FROM information_schema.tables"
                        + " WHERE table_schema = ? AND table_name = ? AND table_type <> 'VIEW'")) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong(1) : -1;
            }
        }
    }

    @Override
    public String rowAfter(long skipped) {
        return " LIMIT 1 OFFSET " + skipped;
    }

    @Override
    public boolean comparesRows() {
        return false;
    }

    @Override
    public String placeText(TableColumn column, String expression) {
        return switch (family(column)) {
            case BYTES -> "HEX(" + expression + ")";
            case WHOLE, TEXT -> expression;
            default -> asText(expression);
        };
    }

    /** An enumeration is compared as a text, but ordered by its numbers. */
    @Override
    public String placeOrder(TableColumn column, String expression) {
        return MySqlTypes.isEnumeration(column) ? asText(expression) : expression;
    }

    /** A FLOAT would be sent with six digits. */
    @Override
    public String typed(TableColumn column, String expression) {
        return MySqlTypes.isFloat(column) ? "CAST(" + expression + " AS DOUBLE)" : expression;
    }

    /**
     * InnoDB's transactions. Null when the user lacks the right PROCESS, when there are more than the status has room for, and on a
     * server that is written to elsewhere: one that is read only, as replicas are, or one of a cluster.
     */
    @Override
    public @Nullable Set<String> running(Connection connection, @Nullable TableName table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SHOW GLOBAL VARIABLES WHERE Variable_name IN ('read_only', 'wsrep_on') AND Value = 'ON'")) {
            if (rows.next()) {
                return null;
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW ENGINE INNODB STATUS")) {
            return rows.next() ? InnoDbStatus.running(String.valueOf(rows.getString("Status"))) : null;
        } catch (SQLException e) {
            if (Fault.root(e).getErrorCode() == LACKS_RIGHT) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public String parameterFromText(TableColumn column) {
        return MySqlTypes.parameterFromText(column);
    }

    @Override
    public boolean isOfAnotherShape(SQLException error) {
        int code = Fault.root(error).getErrorCode();
        return code == UNKNOWN_COLUMN || code == NO_SUCH_TABLE;
    }

    @Override
    public Fault fault(SQLException error) {
        Fault byClass = Fault.byClass(error);
        if (byClass != null) {
            return byClass;
        }
        SQLException root = Fault.root(error);
        String state = String.valueOf(root.getSQLState());
        if (AWAY.contains(root.getErrorCode())
                || state.startsWith("08")
                || state.startsWith("40")
                || state.startsWith("70")) {
            return Fault.AWAY;
        }
        return DATA.contains(root.getErrorCode()) || state.startsWith("22") || state.startsWith("23")
                ? Fault.DATA
                : Fault.SETUP;
    }
}
