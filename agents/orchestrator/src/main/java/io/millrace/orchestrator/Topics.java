package io.millrace.orchestrator;

import io.millrace.engine.plan.TopicPlan;
import io.millrace.orchestrator.RunException.Kind;
import java.time.Duration;
import java.time.Instant;
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
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What a run asks of the brokers. */
final class Topics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(100);

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
        awaitMetadata(missing.stream().map(NewTopic::name).toList());
    }

    /** A topic that was created is not known to every broker at once. */
    private void awaitMetadata(List<String> created) throws RunException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!existing(created).containsAll(created) && Instant.now().isBefore(deadline)) {
            pause();
        }
    }

    private static void pause() throws RunException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException(Kind.FAILED, "Interrupted while waiting for Kafka", e);
        }
    }

    private Map<String, TopicDescription> describe(List<String> topics) throws RunException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return admin.describeTopics(topics).allTopicNames().get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)
                        || Instant.now().isAfter(deadline)) {
                    throw failed(e);
                }
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new RunException(Kind.FAILED, "Interrupted while asking Kafka", e);
            }
        }
    }

    /** The identity of a topic, which another topic of the same name does not have. */
    String id(String topic) throws RunException {
        return describe(List.of(topic)).values().iterator().next().topicId().toString();
    }

    /** How many partitions each of these topics has. */
    Map<String, Integer> partitions(List<String> wanted) throws RunException {
        Map<String, Integer> partitions = new HashMap<>();
        describe(wanted)
                .forEach((topic, description) ->
                        partitions.put(topic, description.partitions().size()));
        return partitions;
    }

    /** Those of these topics that exist. */
    List<String> existing(List<String> wanted) throws RunException {
        Set<String> existing = get(admin.listTopics().names());
        return wanted.stream().filter(existing::contains).toList();
    }

    /** Every partition of these topics with the offset behind its last committed record or marker. */
    Map<TopicPartition, Long> ends(List<String> topics) throws RunException {
        return ends(topics, IsolationLevel.READ_COMMITTED);
    }

    /** The same with what transactions have written that are not committed yet. */
    Map<TopicPartition, Long> writtenEnds(List<String> topics) throws RunException {
        return ends(topics, IsolationLevel.READ_UNCOMMITTED);
    }

    private Map<TopicPartition, Long> ends(List<String> topics, IsolationLevel isolation) throws RunException {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        describe(topics)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        get(admin.listOffsets(latest, new ListOffsetsOptions(isolation)).all())
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
            throw failed(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException(Kind.FAILED, "Interrupted while asking Kafka", e);
        }
    }

    private static RunException failed(ExecutionException e) {
        return new RunException(Kind.UNREACHABLE, "Kafka does not do what was asked: " + e.getCause(), e);
    }

    @Override
    public void close() {
        admin.close();
    }
}
