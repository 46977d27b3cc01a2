package io.millrace.connect.jdbc.sink;

import java.sql.SQLException;
import java.util.List;

/**
 * A temporary table that rows are copied into before they are merged; a commit empties it.
 *
 * @param name its name, quoted
 * @param merges the statements that bring its rows to their table
 */
record CopyStage(String name, List<String> merges) {

    /** Takes away what an earlier batch of the transaction left. */
    void empty(Transaction transaction) throws SQLException {
        if (!transaction.staged().add(name)) {
            transaction.execute("TRUNCATE " + name);
        }
    }

    void merge(Transaction transaction) throws SQLException {
        for (String merge : merges) {
            transaction.execute(merge);
        }
    }
}
