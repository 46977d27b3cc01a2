package io.millrace.engine.sql;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs Calcite on a thread of its own with a stack for deep expressions and for no longer than a minute. The thread ends with
 * its work; {@link QueryBounds} sees to it that this comes to an end even where the caller has given up.
 */
final class DeepStack {

    private static final long STACK_BYTES = 256L * 1024 * 1024;
    private static final int LIMIT_SECONDS = 60;

    private static final class Worker extends Thread {
        Worker(Runnable work) {
            super(null, work, "millrace-sql", STACK_BYTES);
            setDaemon(true);
        }
    }

    private DeepStack() {}

    /**
     * What {@code work} gives or throws.
     *
     * @throws UnsupportedOperationException when it takes too long, too much stack or too much memory
     */
    static <T> T call(Supplier<T> work) {
        if (Thread.currentThread() instanceof Worker) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread worker = new Worker(task);
        worker.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        worker.start();
        try {
            return task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            throw new UnsupportedOperationException(
                    "The SQL takes longer than " + LIMIT_SECONDS + " seconds to plan: make it several steps", e);
        } catch (InterruptedException e) {
            task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while planning SQL", e);
        } catch (ExecutionException e) {
            throw unwrap(e);
        }
    }

    private static RuntimeException unwrap(ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof StackOverflowError) {
            return new UnsupportedOperationException("The SQL is nested too deeply", cause);
        }
        if (cause instanceof OutOfMemoryError) {
            return new UnsupportedOperationException("The SQL needs too much memory to be planned", cause);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException known ? known : new IllegalStateException(cause);
    }
}
