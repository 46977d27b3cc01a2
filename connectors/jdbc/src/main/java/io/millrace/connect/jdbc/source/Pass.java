package io.millrace.connect.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One way through rows, from a place among them to the end. */
interface Pass {

    /** The next rows; none when there are none for now. */
    List<ReadRow> next(Connection connection) throws SQLException;

    /** Whether the end is reached; if not, there is more, at once or after a rest. */
    boolean isOver();

    /** Gives back what hangs on the connection. */
    default void close() {}
}
