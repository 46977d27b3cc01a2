package io.millrace.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** The state behind its locks: many readers, and one writer at a time, who decides on a state that holds all earlier writes. */
final class Registry {

    private static final long MAX_WAIT_SECONDS = 8;

    private final SchemaLog log;
    private final RegistryState state = new RegistryState();
    private final ReadWriteLock guard = new ReentrantReadWriteLock();
    private final ReentrantLock writing = new ReentrantLock(true);

    Registry(SchemaLog log) {
        this.log = log;
    }

    /** Reads the log to its end and follows it from then on. */
    void start() {
        log.start(record -> locked(guard.writeLock(), () -> {
            state.apply(record);
            return record;
        }));
    }

    <T> T read(Function<RegistryState, T> question) {
        return locked(guard.readLock(), () -> question.apply(state));
    }

    /**
     * Answers when what {@code decision} comes to is in the log and in the state.
     *
     * @throws ApiException when the decision refuses the request, or the log cannot be written now
     */
    <T> T write(Function<RegistryState, Change<T>> decision) {
        acquireWriting();
        try {
            log.sync();
            List<LogRecord> records = new ArrayList<>();
            T result = read(current -> {
                Change<T> change = decision.apply(current);
                change.entries()
                        .forEach(entry -> records.addAll(current.spellings().records(entry)));
                return change.result();
            });
            if (!records.isEmpty()) {
                log.append(records);
            }
            return result;
        } catch (SchemaLogException e) {
            throw ApiException.of(e);
        } finally {
            writing.unlock();
        }
    }

    private void acquireWriting() {
        try {
            if (!writing.tryLock(MAX_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new ApiException(500, 50002, "An earlier write is not done yet; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApiException(500, 50001, "The registry is being stopped");
        }
    }

    private interface Action<T> {
        T run();
    }

    private static <T> T locked(Lock lock, Action<T> action) {
        lock.lock();
        try {
            return action.run();
        } finally {
            lock.unlock();
        }
    }
}
