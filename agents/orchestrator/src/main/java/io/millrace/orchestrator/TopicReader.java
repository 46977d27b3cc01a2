package io.millrace.orchestrator;

import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.AvroReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what is committed on topics between two offsets, without a group. */
final class TopicReader implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroReader avro;

    TopicReader(Map<String, Object> kafka, SchemaRegistryClient registry) {
        Map<String, Object> config = new HashMap<>(kafka);
        config.put("isolation.level", "read_committed");
        config.put("enable.auto.commit", false);
        config.put("auto.offset.reset", "earliest");
        // At an end nothing more comes, and waiting for it is all that a short read would do.
        config.put("fetch.max.wait.ms", 50);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.avro = AvroReader.generic(registry, UnaryOperator.identity());
    }

    /**
     * Hands over every record from {@code from} on and before {@code ends}.
     *
     * @throws TimeoutException when nothing has come for half a minute
     */
    void read(
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Consumer<ConsumerRecord<byte[], byte[]>> records) {
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, from.getOrDefault(partition, 0L)));
        Instant deadline = Instant.now().plus(PATIENCE);
        long before = -1;
        long position = position(ends);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            // Aborted records and markers are progress too, though nothing comes of them.
            if (position > before) {
                deadline = Instant.now().plus(PATIENCE);
            } else if (Instant.now().isAfter(deadline)) {
                throw new TimeoutException("nothing of " + ends.keySet() + " came in " + PATIENCE.toSeconds() + " s");
            }
            before = position;
            consumer.poll(POLL).forEach(records);
            position = position(ends);
        }
    }

    private long position(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().mapToLong(consumer::position).sum();
    }

    /**
     * For each partition, the offset behind its last record; what lies between that and the end are markers of transactions, which
     * no group ever commits past. Partitions without a record are left out.
     */
    Map<TopicPartition, Long> behindLastRecords(Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());
        Map<TopicPartition, Long> last = new HashMap<>();
        ends.forEach((partition, end) -> {
            long begin = begins.getOrDefault(partition, 0L);
            for (long back = 16; begin < end && !last.containsKey(partition); back *= 16) {
                long from = Math.max(begin, end - back);
                read(
                        Map.of(partition, from),
                        Map.of(partition, end),
                        record -> last.put(partition, record.offset() + 1));
                if (from == begin) {
                    return;
                }
            }
        });
        return last;
    }

    /** A value in the Schema Registry's wire format. */
    GenericRecord decode(byte[] data) {
        return (GenericRecord) Objects.requireNonNull(avro.read(data).datum(), "a record is never null");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
