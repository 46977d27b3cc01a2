package io.millrace.connect.jdbc;

import io.millrace.connect.jdbc.database.ConnectionSettings;
import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.TableCatalog;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.SQLException;
import java.util.List;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;

/**
 * Looks at a configuration with the database at hand: whether it lets the user in, and which tables there are. A database that is away
 * just now is no fault of the configuration.
 *
 * @param config what errors and recommended values are written to
 */
record LiveCheck(Config config) {

    private static final int MOST_RECOMMENDED = 1000;

    /** What a configuration asks of a database. */
    interface Look {
        /**
         * Looks.
         *
         * @throws ConnectException when what is asked for is not there
         */
        void at(Database database) throws SQLException;
    }

    /**
     * Connects, recommends tables for {@code tableKey}, and looks; errors go to the key that they are about.
     *
     * @param settings where the database is
     * @param tableKey the key that names a table
     * @param look what to look at besides
     */
    void run(ConnectionSettings settings, String tableKey, Look look) {
        try (Database database = new Database(settings)) {
            try {
                List<Object> tables = new TableCatalog(database.connection(), database.dialect())
                        .names(false).stream()
                                .limit(MOST_RECOMMENDED)
                                .map(TableName::toText)
                                .map(Object.class::cast)
                                .toList();
                value(tableKey).recommendedValues(tables);
            } catch (SQLException e) {
                ConnectException failure = database.failure("the configuration is looked at", e);
                if (!(failure instanceof RetriableException)) {
                    addError(keyOf(failure), failure);
                }
                return;
            }
            try {
                look.at(database);
            } catch (SQLException e) {
                ConnectException failure = database.failure("the configuration is looked at", e);
                if (!(failure instanceof RetriableException)) {
                    addError(tableKey, failure);
                }
            }
        } catch (RetriableException e) {
            // It may be back when the tasks start.
        } catch (ConnectException e) {
            addError(tableKey, e);
        }
    }

    private static String keyOf(ConnectException failure) {
        String message = String.valueOf(failure.getMessage());
        return message.contains("check " + ConnectionSettings.USER) ? ConnectionSettings.USER : ConnectionSettings.URL;
    }

    private void addError(String key, ConnectException failure) {
        value(key).addErrorMessage(failure.getMessage());
    }

    private ConfigValue value(String key) {
        return config.configValues().stream()
                .filter(value -> value.name().equals(key))
                .findFirst()
                .orElseThrow();
    }
}
