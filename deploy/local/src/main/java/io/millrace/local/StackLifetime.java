package io.millrace.local;

import io.millrace.cli.stack.LocalStack;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Ties a stack to its process: whichever comes first, the end of the command or a signal, closes it once and completely. */
public final class StackLifetime implements AutoCloseable {

    private final CountDownLatch stopped;
    private final Thread hook = new Thread(this::stop, "stack-stop");
    private @Nullable LocalStack stack;

    /** Counts {@code stopped} down when the process is asked to end. */
    public StackLifetime(CountDownLatch stopped) {
        this.stopped = stopped;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Hands the stack over. */
    public LocalStack own(LocalStack started) {
        synchronized (this) {
            stack = started;
        }
        return started;
    }

    private void stop() {
        stopped.countDown();
        closeStack();
    }

    private synchronized void closeStack() {
        if (stack != null) {
            stack.close();
        }
    }

    @Override
    public void close() {
        closeStack();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is what closes.
            Thread.currentThread().setName("stack-stopped");
        }
    }
}
