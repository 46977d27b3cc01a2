package io.millrace.connect.jdbc.sink;

import io.millrace.connect.jdbc.database.Dialect;
import io.millrace.connect.jdbc.database.TableColumn;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** What one database does in its own way when rows are written to it. */
public interface SinkDialect {

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

    /** What goes behind an INSERT so that a row whose key is there already replaces that one. */
    String replaceOnConflict(List<String> keyColumns, List<String> otherColumns);

    /** What goes behind an INSERT so that it does nothing for a row whose key is there already. */
    String ignoreOnConflict();

    /** Sets a parameter to a Connect value, which is going into {@code column}. */
    void bind(PreparedStatement statement, int index, Schema schema, TableColumn column, @Nullable Object value)
            throws SQLException;

    /** How rows reach their table; what that needs is made in the connection's session. */
    default RowLoad load(Connection connection, TableWrite write) throws SQLException {
        return PreparedLoad.of(write, this);
    }

    /** Statements after which constraints that wait for the end of the transaction are checked at once. */
    default List<String> checkAtOnce() {
        return List.of();
    }

    /** Whether an error says that a table is there already, or is being made by somebody else. */
    boolean isAlreadyThere(SQLException error);

    /** The dialect of a sink for a database. */
    static SinkDialect of(Dialect database) {
        return new PostgresSink(database);
    }
}
