import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** Prints what is on a topic. Arguments: the broker, the Schema Registry and the topic. */
final class Read {

    public static void main(String[] arguments) {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", arguments[0],
                "schema.registry.url", arguments[1],
                "isolation.level", "read_committed",
                "key.deserializer", "org.apache.kafka.common.serialization.ByteArrayDeserializer",
                // io.confluent.kafka.serializers.KafkaAvroDeserializer reads the same bytes
                "value.deserializer", "io.millrace.schemas.serde.AvroDeserializer");
        TopicPartition partition = new TopicPartition(arguments[2], 0);
        try (KafkaConsumer<byte[], GenericRecord> consumer = new KafkaConsumer<>(config)) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<byte[], GenericRecord> row : consumer.poll(Duration.ofMillis(500))) {
                    System.out.println(row.value());
                }
            }
        }
    }
}
