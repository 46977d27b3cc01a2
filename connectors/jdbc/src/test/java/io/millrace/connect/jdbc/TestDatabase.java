package io.millrace.connect.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A database of this test run. */
public abstract class TestDatabase implements AutoCloseable {

    public abstract String url();

    /** The user to connect as; empty when nobody asks. */
    public abstract String user();

    public abstract Connection connect() throws SQLException;

    /** Takes away all that tests have made. */
    public abstract void empty();

    @Override
    public abstract void close();

    /** The keys that every connector here needs, and {@code more}, as key, value, key, value. */
    public Map<String, String> config(String... more) {
        Map<String, String> config = new HashMap<>();
        config.put("name", "c");
        config.put("connection.url", url());
        config.put("connection.user", user());
        for (int i = 0; i < more.length; i += 2) {
            config.put(more[i], more[i + 1]);
        }
        return config;
    }

    public void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a query, each as its values' texts with a bar between. */
    public List<String> rows(String sql) {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet results = statement.executeQuery(sql)) {
            int columns = results.getMetaData().getColumnCount();
            while (results.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    values.add(results.getString(i));
                }
                rows.add(String.join("|", values.stream().map(String::valueOf).toList()));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }
}
