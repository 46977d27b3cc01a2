package io.millrace.connect.jdbc.sink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;

/**
 * Writes deliveries on a thread of its own, while the next are read and decoded: whatever waits becomes one transaction, up to the
 * size of a batch. When one fails, nothing more is written until what is outstanding was taken back.
 */
final class BackgroundWriter implements AutoCloseable {

    /** Writes a delivery as a transaction. */
    interface Write {
        void write(Delivery delivery) throws Exception;
    }

    private record Waiting(Delivery delivery, long bytes) {}

    private static final long STOP_MS = 10_000;

    private final Write write;
    private final int batchSize;
    private final long mostBytes;
    private final Deque<Waiting> outstanding = new ArrayDeque<>();
    private final Thread thread;
    private long waitingBytes;
    private int waitingRows;
    private @Nullable Exception failure;
    private boolean isClosed;

    /**
     * A writer that has not begun.
     *
     * @param batchSize how many rows may wait while others are written, and how many make a transaction
     * @param mostBytes how many bytes may be outstanding, by estimate
     */
    BackgroundWriter(String name, int batchSize, long mostBytes, Write write) {
        this.write = write;
        this.batchSize = batchSize;
        this.mostBytes = mostBytes;
        this.thread = new Thread(this::run, "jdbc-sink-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Leaves a delivery to the thread; waits while too much is outstanding. */
    void add(Delivery delivery) {
        if (delivery.records().isEmpty()) {
            return;
        }
        Waiting waiting = new Waiting(delivery, RecordSize.of(delivery.records()));
        synchronized (this) {
            outstanding.add(waiting);
            waitingRows += delivery.records().size();
            waitingBytes += waiting.bytes();
            notifyAll();
            boolean isPatient = true;
            while (isPatient
                    && failure == null
                    && !isClosed
                    && (waitingRows > 2L * batchSize || waitingBytes > mostBytes)) {
                isPatient = await(0);
            }
        }
    }

    /** Waits until nothing is outstanding, or until it fails, or as many milliseconds; true when nothing is. */
    synchronized boolean settle(long milliseconds) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(milliseconds);
        long leftMs = milliseconds;
        boolean isPatient = true;
        while (isPatient && leftMs > 0 && failure == null && !isClosed && !outstanding.isEmpty()) {
            isPatient = await(leftMs);
            leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
        }
        return outstanding.isEmpty();
    }

    /** For callers that look again afterwards; false when the thread is to stop what it does. */
    @SuppressWarnings("WaitNotInLoop")
    private boolean await(long milliseconds) {
        try {
            wait(milliseconds);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    synchronized boolean isIdle() {
        return outstanding.isEmpty();
    }

    /** Why it has stopped; null when it has not. */
    synchronized @Nullable Exception failure() {
        return failure;
    }

    /** The records that are not known to be written, in their order. */
    synchronized List<SinkRecord> outstanding() {
        List<SinkRecord> records = new ArrayList<>();
        outstanding.forEach(waiting -> records.addAll(waiting.delivery().records()));
        return records;
    }

    /** Takes back what is outstanding after a failure; it can go on then. */
    synchronized List<SinkRecord> takeBack() {
        List<SinkRecord> records = outstanding();
        outstanding.clear();
        waitingRows = 0;
        waitingBytes = 0;
        failure = null;
        return records;
    }

    private void run() {
        try {
            for (List<Waiting> next = next(); !next.isEmpty(); next = next()) {
                writeAll(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeAll(List<Waiting> next) {
        Exception error = null;
        try {
            write.write(Delivery.of(next.stream().map(Waiting::delivery).toList()));
        } catch (Exception e) {
            error = e;
        }
        synchronized (this) {
            if (error == null) {
                for (Waiting written : next) {
                    outstanding.remove();
                    waitingRows -= written.delivery().records().size();
                    waitingBytes -= written.bytes();
                }
            }
            failure = error;
            notifyAll();
        }
    }

    /** The deliveries of the next transaction; none when it is to end. */
    private synchronized List<Waiting> next() throws InterruptedException {
        while (!isClosed && (outstanding.isEmpty() || failure != null)) {
            wait();
        }
        List<Waiting> next = new ArrayList<>();
        int rows = 0;
        for (Waiting waiting : outstanding) {
            int more = waiting.delivery().records().size();
            if (isClosed || (!next.isEmpty() && rows + more > batchSize)) {
                break;
            }
            next.add(waiting);
            rows += more;
        }
        return next;
    }

    /** Lets the transaction that is being written end, and begins none after it. */
    @Override
    public void close() {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
