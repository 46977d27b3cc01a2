package io.millrace.registry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads a partition from its beginning on, on a thread of its own, and tells how far it has come. */
final class TopicReader implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final TopicPartition partition;
    private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
    private final Object monitor = new Object();
    private long position;
    private @Nullable Exception failure;
    private @Nullable Thread thread;
    private volatile boolean closed;

    TopicReader(String topic, org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer) {
        this.partition = new TopicPartition(topic, 0);
        this.consumer = consumer;
    }

    /** Begins to read and returns once everything that is there now was given to {@code records}. */
    void start(Consumer<LogRecord> records, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        long end;
        try {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            position = consumer.position(partition, timeout);
            end = consumer.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
        } catch (KafkaException e) {
            throw new SchemaLogException(
                    e instanceof org.apache.kafka.common.errors.TimeoutException
                            ? SchemaLogException.Kind.TIMED_OUT
                            : SchemaLogException.Kind.FAILED,
                    "Topic " + partition.topic() + " cannot be read: " + e.getMessage(),
                    e);
        }
        Thread started = new Thread(() -> read(records), "schema-registry-reader");
        started.setDaemon(true);
        thread = started;
        started.start();
        await(end, deadline);
    }

    private void read(Consumer<LogRecord> records) {
        try {
            while (!closed) {
                poll(records);
            }
        } catch (WakeupException e) {
            LOG.debug("Reading {} ends", partition);
        } catch (RuntimeException e) {
            LOG.error(
                    "Reading {} failed; the registry writes nothing any more and must be started again", partition, e);
            synchronized (monitor) {
                failure = e;
                monitor.notifyAll();
            }
        } finally {
            consumer.close(CloseOptions.timeout(CLOSE));
        }
    }

    private void poll(Consumer<LogRecord> records) {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.key() != null) {
                    records.accept(new LogRecord(
                            Bytes.wrap(record.key()), record.value() == null ? null : Bytes.wrap(record.value())));
                }
            }
            long now = consumer.position(partition);
            synchronized (monitor) {
                position = now;
                monitor.notifyAll();
            }
        } catch (RetriableException e) {
            LOG.warn("Reading {} is tried again: {}", partition, e.toString());
        }
    }

    /**
     * Returns once everything before {@code offset} was read.
     *
     * @param deadline in the time of {@link System#nanoTime}
     */
    void await(long offset, long deadline) {
        synchronized (monitor) {
            requireRunning();
            while (position < offset) {
                requireRunning();
                long millis = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (millis <= 0) {
                    throw new SchemaLogException(
                            SchemaLogException.Kind.TIMED_OUT,
                            "Topic " + partition.topic() + " is read up to offset " + position + " only, not to "
                                    + offset);
                }
                try {
                    monitor.wait(millis);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new SchemaLogException(SchemaLogException.Kind.FAILED, "The registry is being stopped", e);
                }
            }
        }
    }

    /** The offset before which everything was read. */
    long position() {
        synchronized (monitor) {
            return position;
        }
    }

    /** From now on nothing is awaited any more, since what was read is not what the topic has. */
    void giveUp(Exception reason) {
        LOG.error(
                "Reading {} failed; the registry writes nothing any more and must be started again", partition, reason);
        synchronized (monitor) {
            failure = reason;
            monitor.notifyAll();
        }
    }

    /** Throws when the reader has given up. */
    void requireRunning() {
        synchronized (monitor) {
            if (failure != null) {
                throw new SchemaLogException(
                        SchemaLogException.Kind.FAILED,
                        "The registry must be started again, since reading topic " + partition.topic() + " failed: "
                                + failure.getMessage(),
                        failure);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        Thread started = thread;
        if (started == null) {
            consumer.close(CloseOptions.timeout(CLOSE));
            return;
        }
        consumer.wakeup();
        try {
            started.join(CLOSE.multipliedBy(2).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
