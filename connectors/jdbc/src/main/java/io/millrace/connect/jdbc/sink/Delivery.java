package io.millrace.connect.jdbc.sink;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;

/**
 * Records that are to be written, and the offsets that go with them.
 *
 * @param records the records, in their order
 * @param offsets what is stored for each partition, in an order that all tasks keep to
 */
record Delivery(List<SinkRecord> records, Map<TopicPartition, OffsetChange> offsets) {

    static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    /** Deliveries as one; each goes on where the one before ends. */
    static Delivery of(List<Delivery> deliveries) {
        if (deliveries.size() == 1) {
            return deliveries.get(0);
        }
        List<SinkRecord> records = new ArrayList<>();
        Map<TopicPartition, OffsetChange> offsets = new TreeMap<>(ORDER);
        for (Delivery delivery : deliveries) {
            records.addAll(delivery.records());
            delivery.offsets()
                    .forEach((partition, change) -> offsets.merge(
                            partition, change, (first, next) -> new OffsetChange(first.before(), next.after())));
        }
        return new Delivery(records, offsets);
    }

    static TopicPartition partitionOf(SinkRecord record) {
        return new TopicPartition(record.originalTopic(), record.originalKafkaPartition());
    }
}
