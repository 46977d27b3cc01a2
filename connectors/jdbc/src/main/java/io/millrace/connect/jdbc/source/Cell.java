package io.millrace.connect.jdbc.source;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Reads one column of a result set's rows. */
interface Cell {

    /**
     * The current row's value as Connect wants it; null for NULL.
     *
     * @throws ArithmeticException when it does not fit
     * @throws IllegalArgumentException when it is no value of the type
     */
    @Nullable
    Object read(ResultSet rows, int index) throws SQLException;
}
