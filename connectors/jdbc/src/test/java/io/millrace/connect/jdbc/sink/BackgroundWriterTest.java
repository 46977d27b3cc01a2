package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class BackgroundWriterTest {

    private static final long LONG_MS = 10_000;

    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final Semaphore mayWrite = new Semaphore(0);

    private BackgroundWriter writer(int batchSize, long mostBytes) {
        BackgroundWriter writer = new BackgroundWriter("t", batchSize, mostBytes, delivery -> {
            mayWrite.acquire();
            sizes.add(delivery.records().size());
            if (delivery.records().get(0).value() == null) {
                throw new IllegalStateException("refused");
            }
        });
        writer.start();
        return writer;
    }

    private static Delivery delivery(int rows, Object value) {
        List<SinkRecord> records = IntStream.range(0, rows)
                .mapToObj(i -> new SinkRecord("t", 0, null, null, Schema.OPTIONAL_STRING_SCHEMA, value, i))
                .toList();
        return new Delivery(records, Map.of());
    }

    /** Whether adding returns before anything more may be written. */
    private boolean isTakenAtOnce(BackgroundWriter writer, Delivery delivery) throws InterruptedException {
        Thread adding = new Thread(() -> writer.add(delivery));
        adding.start();
        adding.join(300);
        boolean isTaken = !adding.isAlive();
        mayWrite.release(100);
        adding.join();
        return isTaken;
    }

    @Test
    void shouldWriteWhatWaitsTogether() {
        try (BackgroundWriter writer = writer(10, Long.MAX_VALUE)) {
            writer.add(delivery(1, "a"));
            while (mayWrite.getQueueLength() == 0) {
                Thread.onSpinWait();
            }
            IntStream.range(0, 5).forEach(i -> writer.add(delivery(3, "a")));
            mayWrite.release(100);
            assertThat(writer.settle(LONG_MS)).isTrue();
            assertThat(sizes).containsExactly(1, 9, 6);
        }
    }

    @Test
    void shouldTakeNoMoreThanItMayHold() throws InterruptedException {
        try (BackgroundWriter writer = writer(10, Long.MAX_VALUE)) {
            assertThat(isTakenAtOnce(writer, delivery(20, "a"))).isTrue();
        }
        mayWrite.drainPermits();
        try (BackgroundWriter writer = writer(10, Long.MAX_VALUE)) {
            assertThat(isTakenAtOnce(writer, delivery(21, "a"))).isFalse();
        }
        mayWrite.drainPermits();
        try (BackgroundWriter writer = writer(1_000_000, 10_000)) {
            assertThat(isTakenAtOnce(writer, delivery(3, "x".repeat(5_000)))).isFalse();
        }
    }

    @Test
    void shouldGiveBackWhatItCouldNotWrite() {
        mayWrite.release(100);
        try (BackgroundWriter writer = writer(1, Long.MAX_VALUE)) {
            writer.add(delivery(1, null));
            assertThat(writer.settle(LONG_MS)).isFalse();
            writer.add(delivery(1, "after"));
            assertThat(writer.failure()).hasMessage("refused");
            assertThat(writer.takeBack()).hasSize(2);
            assertThat(writer.failure()).isNull();
            writer.add(delivery(1, "again"));
            assertThat(writer.settle(LONG_MS)).isTrue();
            assertThat(sizes).containsExactly(1, 1);
        }
    }
}
