package io.millrace.orchestrator;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.TopicPartition;

/** What comes to a topic of events from now on. */
final class TopicTail {

    private final String topic;
    private final Topics topics;
    private final TopicReader reader;
    private Map<TopicPartition, Long> position = Map.of();

    TopicTail(String topic, Topics topics, TopicReader reader) {
        this.topic = topic;
        this.topics = topics;
        this.reader = reader;
    }

    /** Leaves out everything that is on the topic now. */
    void begin() throws RunException {
        position = topics.ends(List.of(topic));
    }

    /** Hands over the events that have come since it was last asked. */
    void read(Consumer<GenericRecord> events) throws RunException {
        Map<TopicPartition, Long> ends = topics.ends(List.of(topic));
        if (ends.equals(position)) {
            return;
        }
        reader.read(position, ends, record -> {
            byte[] value = record.value();
            if (value != null) {
                events.accept(reader.decode(value));
            }
        });
        position = ends;
    }
}
