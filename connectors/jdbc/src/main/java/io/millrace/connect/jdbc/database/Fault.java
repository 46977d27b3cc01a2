package io.millrace.connect.jdbc.database;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import org.jspecify.annotations.Nullable;

/** What an error of the database calls for. */
public enum Fault {
    /** It is away or busy: the same statement may succeed later. */
    AWAY,
    /** A row is wrong: the others may succeed. */
    DATA,
    /** The configuration or the table is wrong: somebody has to mend it. */
    SETUP;

    /** By the classes of {@link SQLException} that JDBC has for this; null when it is a plain one. */
    public static @Nullable Fault byClass(SQLException error) {
        return error instanceof SQLTransientException || error instanceof SQLRecoverableException ? AWAY : null;
    }

    /** The error that the database itself raised: beneath a batch's there is another. */
    public static SQLException root(SQLException error) {
        SQLException root = error;
        while (root.getNextException() != null) {
            root = root.getNextException();
        }
        return root;
    }

    /** The database's words in one line. */
    public static String message(SQLException error) {
        String message = root(error).getMessage();
        return message == null ? error.toString() : message.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
