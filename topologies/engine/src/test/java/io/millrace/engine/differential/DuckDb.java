package io.millrace.engine.differential;

import java.sql.Blob;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The oracle: a DuckDB in memory. */
final class DuckDb implements AutoCloseable {

    private final Connection connection;

    private DuckDb(Connection connection) {
        this.connection = connection;
    }

    /** Opens a database on one thread, in UTC, that evaluates expressions as they are written. */
    static DuckDb open() throws SQLException {
        DuckDb duckDb = new DuckDb(DriverManager.getConnection("jdbc:duckdb:"));
        duckDb.execute("SET threads = 1");
        // An optimiser that folds constants or shares expressions changes which rows fail.
        duckDb.execute("PRAGMA disable_optimizer");
        return duckDb;
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Makes a table with a column for the position of the row in front of the given ones. */
    void createTable(String name, String position, List<String> columns, List<ColumnType> types, List<Object[]> rows)
            throws SQLException {
        StringBuilder create = new StringBuilder("CREATE OR REPLACE TABLE " + name + " (" + position + " BIGINT");
        for (int i = 0; i < columns.size(); i++) {
            create.append(", ")
                    .append(columns.get(i))
                    .append(' ')
                    .append(types.get(i).there());
        }
        execute(create.append(')').toString());
        if (rows.isEmpty()) {
            return;
        }
        StringBuilder insert = new StringBuilder("INSERT INTO " + name + " VALUES ");
        for (int row = 0; row < rows.size(); row++) {
            insert.append(row == 0 ? "(" : ", (").append(row);
            for (int i = 0; i < columns.size(); i++) {
                insert.append(", ").append(Values.there(types.get(i), rows.get(row)[i]));
            }
            insert.append(')');
        }
        execute(insert.toString());
    }

    /** The rows of a query; binary as {@code byte[]}. */
    List<Object[]> query(String sql) throws SQLException {
        List<Object[]> found = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                Object[] row = new Object[width];
                for (int i = 0; i < width; i++) {
                    Object value = rows.getObject(i + 1);
                    row[i] = value instanceof Blob blob ? blob.getBytes(1, (int) blob.length()) : value;
                }
                found.add(row);
            }
        }
        return found;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
