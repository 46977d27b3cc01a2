package io.millrace.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The log as a topic of one partition. A thread reads it, another registry's records and our own alike. */
final class KafkaSchemaLog implements SchemaLog {

    /**
     * How long to wait.
     *
     * @param start until the log is read to its end
     * @param write until a write is in the log and read back; less than what clients wait for an answer
     */
    record Timeouts(Duration start, Duration write) {

        static final Timeouts DEFAULT = new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(8));
    }

    private final String topic;
    private final Producer<byte[], byte[]> producer;
    private final TopicReader reader;
    private final Timeouts timeouts;
    private boolean uncertain;

    KafkaSchemaLog(
            String topic, Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, Timeouts timeouts) {
        this.topic = topic;
        this.producer = producer;
        this.reader = new TopicReader(topic, consumer);
        this.timeouts = timeouts;
    }

    /**
     * Opens the log and makes its topic when it is missing.
     *
     * @param clientConfig how to reach Kafka, as its clients are configured
     * @throws SchemaLogException when Kafka does not answer, or the topic is not fit for schemas
     */
    static KafkaSchemaLog open(Map<String, Object> clientConfig, String topic, Timeouts timeouts) {
        try {
            try (Admin admin = Admin.create(clientConfig)) {
                new SchemasTopic(admin, topic, timeouts.start()).ensure();
            }
            Producer<byte[], byte[]> producer = new KafkaProducer<>(producerConfig(clientConfig, timeouts));
            return new KafkaSchemaLog(topic, new KafkaConsumer<>(consumerConfig(clientConfig)), producer, timeouts);
        } catch (KafkaException e) {
            throw failed("Kafka cannot be reached with " + clientConfig.get("bootstrap.servers"), e);
        }
    }

    private static Map<String, Object> producerConfig(Map<String, Object> clientConfig, Timeouts timeouts) {
        int writeMs = Math.toIntExact(timeouts.write().toMillis());
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, writeMs / 2);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, writeMs / 2);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, writeMs);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.putAll(clientConfig);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return config;
    }

    private static Map<String, Object> consumerConfig(Map<String, Object> clientConfig) {
        Map<String, Object> config = new HashMap<>(clientConfig);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Records that vanish while they are read mean that the state is no longer the topic's.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return config;
    }

    @Override
    public void start(java.util.function.Consumer<LogRecord> records) {
        reader.start(records, timeouts.start());
    }

    @Override
    public void sync() {
        reader.requireRunning();
        if (uncertain) {
            // Whatever the failed writes left in the log stands before this record.
            write(List.of(new LogRecord(RecordFormat.key(new RecordKey.Noop()), null)));
            uncertain = false;
        }
    }

    @Override
    public void append(List<LogRecord> records) {
        reader.requireRunning();
        write(records);
    }

    private void write(List<LogRecord> records) {
        long deadline = System.nanoTime() + timeouts.write().toNanos();
        long before = reader.position();
        boolean done = false;
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (LogRecord record : records) {
                sent.add(producer.send(
                        new ProducerRecord<>(topic, 0, record.key().get(), bytes(record.value()))));
            }
            long next = before;
            for (Future<RecordMetadata> future : sent) {
                long offset = future.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                        .offset();
                if (offset < next) {
                    reader.giveUp(new SchemaLogException(
                            SchemaLogException.Kind.FAILED,
                            "a record came to offset " + offset + " where " + next
                                    + " was the least, so that the topic was deleted or cut off"));
                }
                next = offset + 1;
            }
            reader.await(next, deadline);
            done = true;
        } catch (ExecutionException e) {
            throw failed("The write to topic " + topic + " failed", e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw failed("The write to topic " + topic + " is not confirmed in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("The registry is being stopped", e);
        } catch (KafkaException e) {
            throw failed("The write to topic " + topic + " failed", e);
        } finally {
            uncertain |= !done;
        }
    }

    private static byte @Nullable [] bytes(@Nullable Bytes value) {
        return value == null ? null : value.get();
    }

    private static SchemaLogException failed(String what, Throwable cause) {
        SchemaLogException.Kind kind = cause instanceof RecordTooLargeException
                ? SchemaLogException.Kind.TOO_LARGE
                : cause instanceof TimeoutException || cause instanceof org.apache.kafka.common.errors.TimeoutException
                        ? SchemaLogException.Kind.TIMED_OUT
                        : SchemaLogException.Kind.FAILED;
        Throwable root = cause.getCause() == null ? cause : cause.getCause();
        return new SchemaLogException(
                kind, what + ": " + (root.getMessage() == null ? root : root.getMessage()), cause);
    }

    @Override
    public void close() {
        reader.close();
        producer.close(Duration.ofSeconds(5));
    }
}
