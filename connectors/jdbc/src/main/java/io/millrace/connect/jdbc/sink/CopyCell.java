package io.millrace.connect.jdbc.sink;

import java.sql.SQLException;

/** Writes a value of one type as a field of a row. */
@FunctionalInterface
interface CopyCell {

    /**
     * Appends the value.
     *
     * @throws SQLException when it does not fit, with the state that the database would give
     */
    void write(Object value, CopyRows out) throws SQLException;
}
