package io.millrace.connect.jdbc.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** One way through a table, from a place in it to the end. */
interface Pass {

    /** The next rows; none when the pass is over. */
    List<ReadRow> next(Connection connection) throws SQLException;
}
