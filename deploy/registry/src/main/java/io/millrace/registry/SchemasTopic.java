package io.millrace.registry;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of the schemas: made when it is missing, and refused when schemas would get lost in it. */
final class SchemasTopic {

    private static final Logger LOG = LoggerFactory.getLogger(SchemasTopic.class);

    private final Admin admin;
    private final String name;
    private final Duration timeout;

    SchemasTopic(Admin admin, String name, Duration timeout) {
        this.admin = admin;
        this.name = name;
        this.timeout = timeout;
    }

    /**
     * Makes sure that the topic is there, has one partition and is compacted.
     *
     * @throws SchemaLogException when it is not so, or Kafka does not answer
     */
    void ensure() {
        Optional<Integer> partitions = partitions();
        if (partitions.isEmpty()) {
            create();
            return;
        }
        if (partitions.get() != 1) {
            throw failed("Topic " + name + " has " + partitions.get()
                    + " partitions, but the order of schemas needs exactly one; delete it, or choose another topic");
        }
        requireCompaction();
    }

    private Optional<Integer> partitions() {
        try {
            return Optional.ofNullable(get(admin.describeTopics(List.of(name)).allTopicNames())
                            .get(name))
                    .map(description -> description.partitions().size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw failed("Topic " + name + " cannot be looked up", e);
        }
    }

    private void create() {
        NewTopic topic = new NewTopic(name, Optional.of(1), Optional.empty())
                .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
        try {
            get(admin.createTopics(List.of(topic)).all());
            LOG.info("Topic {} is made", name);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw failed("Topic " + name + " cannot be made", e);
            }
        }
    }

    private void requireCompaction() {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
        try {
            Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
            ConfigEntry policy = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
            if (policy != null && !TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy.value())) {
                throw failed("Topic " + name + " has " + TopicConfig.CLEANUP_POLICY_CONFIG + "=" + policy.value()
                        + ", by which schemas get lost; set it to " + TopicConfig.CLEANUP_POLICY_COMPACT);
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw failed("The configuration of topic " + name + " cannot be looked up", e);
            }
            LOG.warn("Whether topic {} is compacted may not be looked up: {}", name, e.getMessage());
        }
    }

    private <T> T get(KafkaFuture<T> future) throws ExecutionException {
        try {
            return future.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SchemaLogException(
                    SchemaLogException.Kind.TIMED_OUT,
                    "Kafka did not answer within " + timeout.toSeconds() + " s about topic " + name,
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("Interrupted while waiting for Kafka", e);
        }
    }

    private static SchemaLogException failed(String message) {
        return new SchemaLogException(SchemaLogException.Kind.FAILED, message);
    }

    private static SchemaLogException failed(String message, Exception cause) {
        Throwable reason = cause.getCause() == null ? cause : cause.getCause();
        return new SchemaLogException(SchemaLogException.Kind.FAILED, message + ": " + reason.getMessage(), cause);
    }
}
