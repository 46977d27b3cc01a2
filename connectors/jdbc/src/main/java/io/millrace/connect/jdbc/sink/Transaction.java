package io.millrace.connect.jdbc.sink;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * A transaction that is open.
 *
 * @param connection its connection
 * @param staged the temporary tables that rows were staged in since it began
 */
record Transaction(Connection connection, Set<String> staged) {

    static Transaction begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return new Transaction(connection, new HashSet<>());
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
