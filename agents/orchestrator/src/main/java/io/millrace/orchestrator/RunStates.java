package io.millrace.orchestrator;

import io.millrace.engine.plan.PipelinePlan;
import io.millrace.event.Run;
import io.millrace.event.RunKey;
import io.millrace.event.RunState;
import io.millrace.orchestrator.RunException.Kind;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.AvroSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on the topic of runs what a run has come to. */
final class RunStates implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunStates.class);
    private static final int PATIENCE_MS = 30_000;
    private static final int FAILED_PATIENCE_S = 5;

    private final PipelinePlan plan;
    private final KafkaProducer<RunKey, Run> producer;

    RunStates(PipelinePlan plan, Cluster cluster, SchemaRegistryClient registry) {
        this.plan = plan;
        Map<String, Object> config = new HashMap<>(cluster.kafka());
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
        AvroSerializer<RunKey> keys = new AvroSerializer<>(registry);
        keys.configure(cluster.registry(), true);
        AvroSerializer<Run> values = new AvroSerializer<>(registry);
        values.configure(cluster.registry(), false);
        this.producer = new KafkaProducer<>(config, keys, values);
    }

    /** Says it, and waits until Kafka has it. */
    void say(RunState state) throws RunException {
        try {
            producer.send(record(state, null)).get();
        } catch (ExecutionException e) {
            throw new RunException(
                    Kind.UNREACHABLE,
                    "Kafka does not take that run " + plan.options().runId() + " is " + state + ": " + e.getCause(),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunException(Kind.FAILED, "Run " + plan.options().runId() + " was interrupted", e);
        }
    }

    /** Says that the run has failed, if anybody hears it soon. */
    void sayFailed(Throwable reason) {
        boolean isInterrupted = Thread.interrupted();
        try {
            producer.send(record(RunState.FAILED, String.valueOf(reason.getMessage())))
                    .get(FAILED_PATIENCE_S, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            LOG.warn(
                    "Kafka does not take that run {} has failed", plan.options().runId(), e);
        } catch (InterruptedException e) {
            isInterrupted = true;
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ProducerRecord<RunKey, Run> record(RunState state, @Nullable String reason) {
        String pipeline = plan.pipeline().name();
        RunKey key = RunKey.newBuilder()
                .setPipeline(pipeline)
                .setRun(plan.options().runId())
                .build();
        Run run = Run.newBuilder()
                .setPipeline(pipeline)
                .setRun(plan.options().runId())
                .setState(state)
                .setReason(reason)
                .setChangedAt(Instant.now())
                .build();
        return new ProducerRecord<>(plan.options().runsTopic(), key, run);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(FAILED_PATIENCE_S));
    }
}
