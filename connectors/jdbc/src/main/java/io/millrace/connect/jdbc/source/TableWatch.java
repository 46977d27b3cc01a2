package io.millrace.connect.jdbc.source;

import io.millrace.connect.jdbc.database.Database;
import io.millrace.connect.jdbc.database.TableName;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for tables that come and go. */
public final class TableWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);

    private final JdbcSourceConfig config;
    private final Database database;
    private final Runnable changed;
    private final ScheduledExecutorService executor;
    private final Future<?> looks;
    private List<TableName> known;

    /**
     * Begins to look.
     *
     * @param known the tables that there are
     * @param changed what to call when there are others
     */
    public TableWatch(JdbcSourceConfig config, List<TableName> known, Runnable changed) {
        this.config = config;
        this.database = new Database(config.connection());
        this.known = known;
        this.changed = changed;
        this.executor = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "tables of " + config.connector());
            thread.setDaemon(true);
            return thread;
        });
        this.looks = executor.scheduleWithFixedDelay(
                this::look, config.tablesIntervalMs(), config.tablesIntervalMs(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            List<TableName> found = WorkPlanner.selected(config, database);
            if (!found.equals(known)) {
                LOG.info("The tables of {} are {} now, they were {}", config.connector(), found, known);
                known = found;
                changed.run();
            }
        } catch (SQLException e) {
            LOG.warn("{}", database.failure("looking for tables", e).getMessage());
        } catch (RuntimeException e) {
            LOG.warn("The tables of {} could not be looked at", config.connector(), e);
        }
    }

    @Override
    public void close() {
        looks.cancel(true);
        executor.shutdownNow();
        database.close();
    }
}
