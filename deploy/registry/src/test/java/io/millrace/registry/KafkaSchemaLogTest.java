package io.millrace.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class KafkaSchemaLogTest {

    private static final String TOPIC = "_schemas";
    private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);
    private static final String NOOP = "{\"keytype\":\"NOOP\",\"magic\":0}";

    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final LoopingProducer producer = new LoopingProducer();
    private final List<LogRecord> seen = new CopyOnWriteArrayList<>();
    private final KafkaSchemaLog log = new KafkaSchemaLog(
            TOPIC, consumer, producer, new KafkaSchemaLog.Timeouts(Duration.ofSeconds(5), Duration.ofMillis(300)));
    private final List<ConsumerRecord<byte[], byte[]>> heldUp = new ArrayList<>();
    private long end;

    /** What it accepts, the consumer is given. */
    private final class LoopingProducer extends MockProducer<byte[], byte[]> {

        private boolean deaf;
        private @Nullable RuntimeException failure;

        LoopingProducer() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
            sendException = failure;
            Future<RecordMetadata> sent = super.send(record);
            if (failure != null) {
                return sent;
            }
            long offset = put(record.key(), record.value());
            return CompletableFuture.completedFuture(new RecordMetadata(PARTITION, offset, 0, 0, 0, 0));
        }
    }

    /** Adds to the log; while the consumer is held up it gets the record later. */
    private long put(byte[] key, byte @Nullable [] value) {
        heldUp.add(new ConsumerRecord<>(TOPIC, 0, end, key, value));
        if (!producer.deaf) {
            heldUp.forEach(consumer::addRecord);
            heldUp.clear();
        }
        return end++;
    }

    private void startWith(String... keys) {
        consumer.updatePartitions(TOPIC, List.of());
        consumer.updateBeginningOffsets(new HashMap<>(Map.of(PARTITION, 0L)));
        consumer.updateEndOffsets(new HashMap<>(Map.of(PARTITION, (long) keys.length)));
        consumer.schedulePollTask(() -> {
            for (String key : keys) {
                put(key.getBytes(StandardCharsets.UTF_8), null);
            }
        });
        log.start(seen::add);
    }

    private static List<LogRecord> records(String... keys) {
        return java.util.Arrays.stream(keys)
                .map(key -> InMemorySchemaLog.record(key, null))
                .toList();
    }

    @AfterEach
    void close() {
        log.close();
        assertThat(consumer.closed()).isTrue();
        assertThat(producer.closed()).isTrue();
    }

    @Test
    void shouldReadToTheEndBeforeItStarts() {
        startWith("a", "b");
        assertThat(seen).isEqualTo(records("a", "b"));
    }

    @Test
    void shouldReturnFromAWriteWhenItIsReadBack() {
        startWith();
        log.sync();
        log.append(records("a", "b"));
        assertThat(seen).isEqualTo(records("a", "b"));
        assertThat(producer.history()).hasSize(2);
    }

    @Test
    void shouldLearnWhatAFailedWriteLeftBeforeTheNextOne() {
        startWith();
        producer.failure = new TimeoutException("no answer");
        assertThat(catchThrowableOfType(SchemaLogException.class, () -> log.append(records("a")))
                        .kind())
                .isEqualTo(SchemaLogException.Kind.TIMED_OUT);
        // It had arrived nevertheless.
        producer.deaf = true;
        put("a".getBytes(StandardCharsets.UTF_8), null);
        producer.failure = null;
        assertThat(catchThrowableOfType(SchemaLogException.class, log::sync).kind())
                .isEqualTo(SchemaLogException.Kind.TIMED_OUT);
        producer.deaf = false;
        log.sync();
        log.sync();
        assertThat(seen).isEqualTo(records("a", NOOP, NOOP));
    }

    @Test
    void shouldTellWhyAWriteFails() {
        startWith();
        producer.failure = new RecordTooLargeException("2 MB");
        assertThat(catchThrowableOfType(SchemaLogException.class, () -> log.append(records("a")))
                        .kind())
                .isEqualTo(SchemaLogException.Kind.TOO_LARGE);
        producer.failure = new KafkaException("not so");
        SchemaLogException e = catchThrowableOfType(SchemaLogException.class, () -> log.append(records("a")));
        assertThat(e.kind()).isEqualTo(SchemaLogException.Kind.FAILED);
        assertThat(e).hasMessageContaining(TOPIC).hasMessageContaining("not so");
    }

    @Test
    void shouldWriteNothingAnyMoreWhenReadingFails() throws InterruptedException {
        startWith();
        consumer.setPollException(new KafkaException("the log was cut off"));
        SchemaLogException e = null;
        for (int i = 0; i < 200 && e == null; i++) {
            Thread.sleep(10);
            e = catchThrowableOfType(SchemaLogException.class, log::sync);
        }
        assertThat(e).hasMessageContaining("started again").hasMessageContaining("the log was cut off");
        assertThat(catchThrowableOfType(SchemaLogException.class, () -> log.append(records("a"))))
                .isNotNull();
        assertThat(producer.history()).isEmpty();
    }

    @Test
    void shouldNoticeThatTheTopicIsAnotherOne() {
        startWith("a", "b");
        end = 0;
        assertThat(catchThrowableOfType(SchemaLogException.class, () -> log.append(records("c"))))
                .hasMessageContaining("started again")
                .hasMessageContaining("deleted or cut off");
        assertThat(catchThrowableOfType(SchemaLogException.class, log::sync)).isNotNull();
    }

    @Test
    void shouldSayThatTheTopicCannotBeRead() {
        consumer.setOffsetsException(new KafkaException("no such topic"));
        consumer.updateBeginningOffsets(new HashMap<>(Map.of(PARTITION, 0L)));
        assertThat(catchThrowableOfType(SchemaLogException.class, () -> log.start(seen::add)))
                .hasMessageContaining(TOPIC);
    }
}
