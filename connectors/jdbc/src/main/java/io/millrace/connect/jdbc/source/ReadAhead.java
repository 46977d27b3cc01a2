package io.millrace.connect.jdbc.source;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads the next rows while the worker is busy with those before: one page ahead, from one table at a time. */
final class ReadAhead implements AutoCloseable {

    private final ExecutorService executor;
    private @Nullable TableReader ahead;
    private @Nullable Future<Page> page;

    ReadAhead(String connector) {
        this.executor = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "reading for " + connector);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Rows of a table and what was true of it when they had been read.
     *
     * @param rows the rows
     * @param reader what the rows are made of; null when there are none
     * @param isAtEnd whether that was all for now
     * @param restMs how long to wait when it was not, in milliseconds
     */
    record Page(List<ReadRow> rows, @Nullable RowReader reader, boolean isAtEnd, long restMs) {}

    /** The next rows of a table, which may have been read already; reading goes on behind them at once. */
    Page next(TableReader table) throws SQLException, InterruptedException {
        Future<Page> reading = page;
        if (reading == null || ahead != table) {
            settle();
            reading = executor.submit(() -> read(table));
        }
        page = null;
        ahead = null;
        Page read = await(reading);
        if (!read.isAtEnd() && read.restMs() == 0) {
            ahead = table;
            page = executor.submit(() -> read(table));
        }
        return read;
    }

    /** Which table has rows that are read ahead, and is to be asked next; null when none has. */
    @Nullable
    TableReader ahead() {
        return ahead;
    }

    private static Page read(TableReader table) throws SQLException {
        List<ReadRow> rows = table.next();
        return new Page(rows, rows.isEmpty() ? null : table.rowReader(), table.isAtEnd(), table.restMs());
    }

    /** Waits for what is being read: a table is read by one thread at a time. */
    private void settle() throws SQLException, InterruptedException {
        Future<Page> reading = page;
        page = null;
        ahead = null;
        if (reading != null) {
            await(reading);
            throw new IllegalStateException("rows that were read ahead have not been taken");
        }
    }

    private static Page await(Future<Page> reading) throws SQLException, InterruptedException {
        try {
            return reading.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SQLException error) {
                throw error;
            }
            if (e.getCause() instanceof RuntimeException error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Takes nothing on any more; what is being read may still go on. */
    @Override
    public void close() {
        executor.shutdownNow();
    }

    /** Waits for what is being read, for so long at most. */
    void awaitEnd(long milliseconds) {
        try {
            executor.awaitTermination(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
