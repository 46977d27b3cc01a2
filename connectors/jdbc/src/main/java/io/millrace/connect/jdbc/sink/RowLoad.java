package io.millrace.connect.jdbc.sink;

import java.sql.SQLException;
import java.util.List;

/** Brings rows of one {@link TableWrite} to their table, all at once. */
@FunctionalInterface
interface RowLoad {

    /**
     * Writes rows, no two of them with the same key unless they are only added.
     *
     * @throws SQLException also for a value that does not fit its column, before the database has seen it
     */
    void load(Transaction transaction, List<RowWrite> rows) throws SQLException;
}
