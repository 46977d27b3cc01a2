package io.millrace.connect.jdbc.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one connection that a task has. It is made when it is first needed, and again after the database was away: then the waits
 * between attempts double, up to half a minute.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final long FIRST_WAIT_MS = 500;
    private static final long LONGEST_WAIT_MS = 30_000;

    private final ConnectionSettings settings;
    private final Dialect dialect;
    private final String isolation;
    private volatile @Nullable Connection connection;
    private long waitMs = FIRST_WAIT_MS;

    public Database(ConnectionSettings settings) {
        this(settings, "");
    }

    /** A database whose transactions have an isolation, by its name in {@link Connection}; its own when empty. */
    public Database(ConnectionSettings settings, String isolation) {
        this.settings = settings;
        this.isolation = isolation;
        this.dialect = settings.dialect();
    }

    public Dialect dialect() {
        return dialect;
    }

    public ConnectionSettings settings() {
        return settings;
    }

    /** The connection, with autocommit on. */
    public Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = dialect.driver().connect(dialect.driverUrl(settings.url()), settings.properties());
            if (open == null) {
                throw new ConnectException(ConnectionSettings.URL + " '" + settings.place()
                        + "' is none that the database's driver understands");
            }
            connection = open;
            switch (isolation) {
                case "READ_UNCOMMITTED" -> open.setTransactionIsolation(Connection.TRANSACTION_READ_UNCOMMITTED);
                case "READ_COMMITTED" -> open.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                case "REPEATABLE_READ" -> open.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                case "SERIALIZABLE" -> open.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                default -> {}
            }
            try (Statement statement = open.createStatement()) {
                for (String setup : dialect.sessionSetup()) {
                    statement.execute(setup);
                }
            }
        }
        return open;
    }

    /** Tells that the database has answered, so that the next outage begins with a short wait. */
    public void answered() {
        waitMs = FIRST_WAIT_MS;
    }

    /** How long to wait before the next attempt, in milliseconds. */
    public long waitMs() {
        return waitMs;
    }

    /**
     * The exception to throw for an error: retriable when the database is away, after which the next use connects anew.
     *
     * @param doing what was being done, behind "while"
     */
    public ConnectException failure(String doing, SQLException error) {
        close();
        String message = Fault.message(error);
        if (dialect.fault(error) == Fault.AWAY) {
            waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS);
            return new RetriableException(
                    "The database " + settings.place() + " is away or busy while " + doing + "; it is tried again: "
                            + message,
                    error);
        }
        String state = String.valueOf(Fault.root(error).getSQLState());
        if (state.startsWith("28")) {
            return new ConnectException(
                    "The database " + settings.place() + " does not let the user '" + settings.user() + "' in: check "
                            + ConnectionSettings.USER + " and " + ConnectionSettings.PASSWORD + ": " + message,
                    error);
        }
        if (state.equals("3D000")) {
            return new ConnectException(
                    "There is no such database at " + settings.place() + ": check " + ConnectionSettings.URL + ": "
                            + message,
                    error);
        }
        return new ConnectException(
                "The database " + settings.place() + " refused while " + doing + ": " + message, error);
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("The connection to {} could not be closed", settings.place(), e);
            }
        }
    }
}
