package io.millrace.engine.differential;

import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.Relation;
import io.millrace.event.Quarantined;
import io.millrace.event.Run;
import io.millrace.event.RunState;
import io.millrace.schemas.registry.SchemaRegistryClient;
import io.millrace.schemas.serde.AvroSerializer;
import io.millrace.schemas.serde.WireFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** One life of a topology, from its start to its stop. */
final class TopologyRun implements AutoCloseable {

    private final PipelinePlan plan;
    private final SchemaRegistryClient registry;
    private final Path state;
    private final TopologyTestDriver driver;
    private final Map<String, TestInputTopic<byte[], byte[]>> topics = new HashMap<>();
    /** By how much this life's offsets are behind those of the whole run. */
    private final Map<String, Long> offsetBefore = new HashMap<>();

    TopologyRun(PipelinePlan plan, Topology topology, SchemaRegistryClient registry) {
        this.plan = plan;
        this.registry = registry;
        try {
            this.state = Files.createTempDirectory("millrace-differential");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, plan.applicationId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        this.driver = new TopologyTestDriver(topology, config, Instant.EPOCH);
    }

    /** Pipes inputs; a record's own timestamp is its place in the run. */
    void pipe(List<Input> inputs, int firstPosition, Map<String, Long> offsets) {
        offsetBefore.putAll(offsets);
        Map<String, RecordCodec> codecs = new HashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            Input input = inputs.get(i);
            Relation relation = plan.relation(input.relation());
            RecordCodec codec = codecs.computeIfAbsent(input.relation(), name -> new RecordCodec(relation, registry));
            byte[] key = relation.isTable() ? codec.key(input.values()) : null;
            byte[] value = input.isTombstone() ? null : codec.value(input.values());
            topics.computeIfAbsent(
                            relation.topic(),
                            topic -> driver.createInputTopic(
                                    topic, new ByteArraySerializer(), new ByteArraySerializer()))
                    .pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli((long) firstPosition + i)));
            offsets.merge(relation.topic(), 1L, Long::sum);
        }
    }

    /** Says that a run's input has ended, as the orchestrator would, and gives every task the time to hear it. */
    void end(String runId) {
        Run closing = Run.newBuilder()
                .setPipeline(plan.pipeline().name())
                .setRun(runId)
                .setState(RunState.CLOSING)
                .setChangedAt(Instant.EPOCH)
                .build();
        try (AvroSerializer<Run> runs = new AvroSerializer<>(registry)) {
            runs.configure(Map.of("schema.registry.url", "mock://runs"), false);
            driver.createInputTopic(plan.options().runsTopic(), new ByteArraySerializer(), runs)
                    .pipeInput(closing);
        }
        driver.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /** How many of the topology's tasks have said that they have ended. */
    int taskEnds() {
        return driver.createOutputTopic(
                        plan.options().taskEndTopic(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .size();
    }

    /** Adds what came out to {@code result}. */
    void collect(SqlResult result) {
        for (Relation relation : plan.relations()) {
            if (!(relation instanceof Relation.StepRelation) || !plan.hasSink(relation.name())) {
                continue;
            }
            RecordCodec codec = new RecordCodec(relation, registry);
            SqlResult.StepRecords step = result.steps()
                    .computeIfAbsent(
                            relation.name(),
                            name -> new SqlResult.StepRecords(
                                    relation.rowType(), relation.isTable(), new ArrayList<>()));
            driver.createOutputTopic(relation.topic(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                    .readRecordsToList()
                    .forEach(record -> step.records()
                            .add(new SqlResult.Emitted(
                                    codec.readKey(record.key()), codec.readValue(record.value()), record.timestamp())));
        }
        driver.createOutputTopic(plan.quarantineTopic(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .forEach(bytes -> result.quarantine().add(setAside(decode(bytes))));
    }

    private SqlResult.SetAside setAside(GenericRecord row) {
        String topic = String.valueOf(row.get("topic"));
        return new SqlResult.SetAside(
                String.valueOf(row.get("relation")),
                String.valueOf(row.get("stage")),
                offsetBefore.getOrDefault(topic, 0L) + (Long) row.get("offset"),
                String.valueOf(row.get("reason")));
    }

    private static GenericRecord decode(byte[] bytes) {
        try {
            return new GenericDatumReader<GenericRecord>(Quarantined.getClassSchema())
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            bytes,
                                            WireFormat.HEADER_BYTES,
                                            bytes.length - WireFormat.HEADER_BYTES,
                                            null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(state)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // The driver has most likely deleted the directory already.
        }
    }
}
