package io.millrace.orchestrator;

import io.millrace.engine.plan.TopicPlan;
import io.millrace.orchestrator.RunException.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What a run asks of the brokers. */
final class Topics implements AutoCloseable {

    private final Admin admin;

    Topics(Map<String, Object> kafka) {
        this.admin = Admin.create(kafka);
    }

    /** Creates the topics that are not there; one that is there keeps its partitions and configuration. */
    void create(List<TopicPlan> plans) throws RunException {
        Set<String> existing = get(admin.listTopics().names());
        List<NewTopic> missing = new ArrayList<>();
        for (TopicPlan plan : plans) {
            if (!existing.contains(plan.name())) {
                missing.add(new NewTopic(plan.name(), Optional.of(plan.partitions()), Optional.empty())
                        .configs(plan.config()));
            }
        }
        get(admin.createTopics(missing).all());
    }

    /** The identity of a topic, which another topic of the same name does not have. */
    String id(String topic) throws RunException {
        return get(admin.describeTopics(List.of(topic)).allTopicNames())
                .values()
                .iterator()
                .next()
                .topicId()
                .toString();
    }

    /** The topics that exist and whose names begin with {@code prefix}. */
    List<String> withPrefix(String prefix) throws RunException {
        return get(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** Every partition of these topics with the offset behind its last committed record or marker. */
    Map<TopicPartition, Long> ends(List<String> topics) throws RunException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        get(admin.describeTopics(topics).allTopicNames())
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                        .all())
                .forEach((partition, offset) -> ends.put(partition, offset.offset()));
        return ends;
    }

    /** The sum of {@link #ends}: about how many records the topics have had. */
    long about(List<String> topics) throws RunException {
        return ends(topics).values().stream().mapToLong(Long::longValue).sum();
    }

    /** The offset that a group has committed on a partition, if it has committed one. */
    Map<TopicPartition, OptionalLong> committed(String group, Set<TopicPartition> partitions) throws RunException {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
        Map<TopicPartition, OptionalLong> committed = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata offset = offsets.get(partition);
            committed.put(partition, offset == null ? OptionalLong.empty() : OptionalLong.of(offset.offset()));
        }
        return committed;
    }

    private static <T> T get(KafkaFuture<T> future) throws RunException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new RunException(Kind.UNREACHABLE, "Kafka does not do what was asked: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException(Kind.FAILED, "Interrupted while asking Kafka", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
