import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Feeds the topic source of late.yaml with three flights. Arguments: the broker and the Schema Registry. */
final class Feed {

    public static void main(String[] arguments) throws Exception {
        Map<String, Object> config = Map.of(
                "bootstrap.servers", arguments[0],
                "schema.registry.url", arguments[1],
                "key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer",
                // io.confluent.kafka.serializers.KafkaAvroSerializer writes the same bytes
                "value.serializer", "io.millrace.schemas.serde.AvroSerializer");
        Schema flight = SchemaBuilder.record("Flight").fields()
                .requiredString("origin").requiredString("destination").optionalInt("delay").endRecord();
        try (KafkaProducer<byte[], GenericRecord> producer = new KafkaProducer<>(config)) {
            send(producer, new GenericRecordBuilder(flight).set("origin", "SFO").set("destination", "LAX").set("delay", 42));
            send(producer, new GenericRecordBuilder(flight).set("origin", "SFO").set("destination", "HNL").set("delay", 3));
            send(producer, new GenericRecordBuilder(flight).set("origin", "DTW").set("destination", "ORD").set("delay", 4200));
        }
    }

    private static void send(KafkaProducer<byte[], GenericRecord> producer, GenericRecordBuilder flight)
            throws Exception {
        producer.send(new ProducerRecord<>("late.flights", flight.build())).get();
    }
}
