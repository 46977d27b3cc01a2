package io.millrace.processor;

import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.plan.StoreSuppliers;
import io.millrace.engine.plan.TopicPartitions;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.registry.SchemaRegistryClients;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** One plan at work: a Kafka Streams application with {@code exactly_once_v2}. */
public final class Processor implements AutoCloseable {

    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final SchemaRegistryClient registry;
    private final FaultPolicy faults;
    private final KafkaStreams streams;
    private final Map<String, Integer> tasks;

    private Processor(
            SchemaRegistryClient registry, FaultPolicy faults, KafkaStreams streams, Map<String, Integer> tasks) {
        this.registry = registry;
        this.faults = faults;
        this.streams = streams;
        this.tasks = tasks;
    }

    /**
     * Starts the plan's topology; its topics exist. Returns at once.
     *
     * @param partitions of the sources' topics, and of the repartitions that are there
     */
    public static Processor start(PipelinePlan plan, TopicPartitions partitions, ProcessorSettings settings) {
        SchemaRegistryClient registry = SchemaRegistryClients.from(settings.registry());
        FaultPolicy faults = new FaultPolicy(plan.pipeline().name(), InstantSource.system());
        PlanTopology.Built built = PlanTopology.build(plan, registry, StoreSuppliers.PERSISTENT, partitions);
        KafkaStreams streams = new KafkaStreams(built.topology(), properties(plan, settings));
        streams.setUncaughtExceptionHandler(faults);
        streams.start();
        return new Processor(registry, faults, streams, built.tasks());
    }

    private static Properties properties(PipelinePlan plan, ProcessorSettings settings) {
        Properties properties = new Properties();
        properties.putAll(settings.kafka());
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, plan.applicationId());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.STATE_DIR_CONFIG, settings.stateDirectory().toString());
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, settings.threads());
        // A name that Streams makes up changes with the topology, and its state would be lost.
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        // A new application reads what its sources wrote before it came.
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // A processor that was killed is missed after this long, and its partitions go to another.
        properties.putIfAbsent(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
        return properties;
    }

    /** How many tasks each part of its topology has, over all processors of the plan. */
    public Map<String, Integer> tasks() {
        return tasks;
    }

    /** Why it stopped for good, if it did. */
    public Optional<Throwable> failure() {
        if (faults.failure().isPresent()) {
            return faults.failure();
        }
        return streams.state() == KafkaStreams.State.ERROR
                ? Optional.of(new IllegalStateException("Kafka Streams has stopped; the log of this process says why"))
                : Optional.empty();
    }

    /** How many records it has taken from each topic since it started. */
    public Map<String, Long> consumed() {
        return perTopic("records-consumed-total");
    }

    /** How many records it has written to each topic since it started. */
    public Map<String, Long> produced() {
        return perTopic("records-produced-total");
    }

    private Map<String, Long> perTopic(String name) {
        Map<String, Long> counts = new HashMap<>();
        for (Metric metric : streams.metrics().values()) {
            MetricName metricName = metric.metricName();
            String topic = metricName.tags().get("topic");
            // The consumer has metrics of the same names, which count what it fetched ahead too.
            if (metricName.group().equals("stream-topic-metrics")
                    && metricName.name().equals(name)
                    && topic != null
                    && metric.metricValue() instanceof Number count) {
                counts.merge(topic, count.longValue(), Long::sum);
            }
        }
        return counts;
    }

    /** Stops it; what it has not committed is done again by the next one. */
    @Override
    public void close() {
        // Whoever comes next need not wait until the group misses this one.
        streams.close(CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        registry.close();
    }
}
