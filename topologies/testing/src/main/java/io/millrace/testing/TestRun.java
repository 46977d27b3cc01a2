package io.millrace.testing;

import io.millrace.document.Location;
import io.millrace.document.NearestName;
import io.millrace.document.PipelineTest;
import io.millrace.document.PipelineTest.Expected;
import io.millrace.document.PipelineTest.ExpectedFailure;
import io.millrace.document.PipelineTest.ExpectedRow;
import io.millrace.document.PipelineTest.Input;
import io.millrace.document.PipelineTest.Order;
import io.millrace.document.Problem;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.plan.Relation;
import io.millrace.engine.row.Row;
import io.millrace.engine.row.RowJson;
import io.millrace.event.Quarantined;
import io.millrace.event.Run;
import io.millrace.event.RunState;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** One run of one test. */
final class TestRun {

    /** Long enough for every task to look whether its run has ended, too short for one to be idle. */
    private static final Duration END_IS_HEARD = Duration.ofSeconds(1);

    private final PipelinePlan plan;
    private final PipelineTest.TestCase test;
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final List<Problem> differences = new ArrayList<>();

    TestRun(PipelinePlan plan, PipelineTest.TestCase test) {
        this.plan = plan;
        this.test = test;
    }

    TestResult run() {
        Path state = null;
        try {
            state = Files.createTempDirectory("millrace-test");
            Properties config = new Properties();
            config.put(StreamsConfig.APPLICATION_ID_CONFIG, plan.applicationId());
            config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
            try (TopologyTestDriver driver =
                    new TopologyTestDriver(PlanTopology.build(plan, registry), config, Instant.EPOCH)) {
                for (int i = 0; i < test.input().size(); i++) {
                    input(driver, test.input().get(i), i);
                }
                if (test.ends() && plan.closesAtEnd()) {
                    end(driver);
                }
                test.output().forEach((relation, expected) -> output(driver, relation, expected));
                quarantine(driver);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The test has no place for its state", e);
        } finally {
            delete(state);
        }
        return new TestResult(test.name(), differences);
    }

    private static void delete(@Nullable Path directory) {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // What is left lies in the directory for temporary files, which the system clears.
        }
    }

    private Optional<Relation> relation(String name, Location location) {
        Optional<Relation> found = plan.relations().stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst();
        if (found.isEmpty()) {
            List<String> names = plan.relations().stream().map(Relation::name).toList();
            differences.add(new Problem(
                    location,
                    "There is no source or step '" + name + "'",
                    NearestName.of(name, names)
                            .map(near -> "did you mean '" + near + "'?")
                            .orElse(null)));
        }
        return found;
    }

    private void input(TopologyTestDriver driver, Input input, int position) {
        Relation relation = relation(input.to(), input.location()).orElse(null);
        if (!(relation instanceof Relation.SourceRelation)) {
            if (relation != null) {
                differences.add(Problem.at(input.location(), "'" + input.to() + "' is a step: inputs go to sources"));
            }
            return;
        }
        RelationTopic topic = new RelationTopic(relation, registry);
        try {
            Map<String, @Nullable Object> keyFields = input.key() != null ? input.key() : input.value();
            byte[] key = keyFields == null ? null : topic.key(keyFields);
            byte[] value = input.value() == null ? null : topic.value(input.value());
            long timestampMs = input.timestamp() == null ? position : PlainValues.epochMs(input.timestamp());
            driver.createInputTopic(relation.topic(), new ByteArraySerializer(), new ByteArraySerializer())
                    .pipeInput(new TestRecord<>(key, value, Instant.ofEpochMilli(timestampMs)));
        } catch (IllegalArgumentException | java.time.format.DateTimeParseException e) {
            differences.add(Problem.at(input.location(), String.valueOf(e.getMessage())));
        }
    }

    /** Says that the run's input has ended, as the orchestrator would. */
    private void end(TopologyTestDriver driver) {
        PlanOptions options = plan.options();
        Run closing = Run.newBuilder()
                .setPipeline(plan.pipeline().name())
                .setRun(options.runId())
                .setState(RunState.CLOSING)
                .setChangedAt(Instant.EPOCH)
                .build();
        try (AvroSerializer<Run> runs = new AvroSerializer<>(registry)) {
            runs.configure(Map.of("schema.registry.url", "mock://runs"), false);
            driver.createInputTopic(options.runsTopic(), new ByteArraySerializer(), runs)
                    .pipeInput(closing);
        }
        driver.advanceWallClockTime(END_IS_HEARD);
    }

    private record ActualRow(@Nullable Row key, @Nullable Row value, long timestampMs) {}

    private void output(TopologyTestDriver driver, String name, Expected expected) {
        Relation relation = relation(name, expected.location()).orElse(null);
        if (!(relation instanceof Relation.StepRelation)) {
            if (relation != null) {
                differences.add(Problem.at(expected.location(), "'" + name + "' is a source: only steps give rows"));
            }
            return;
        }
        RelationTopic topic = new RelationTopic(relation, registry);
        List<ActualRow> actual = new ArrayList<>();
        Map<String, ActualRow> last = new LinkedHashMap<>();
        driver.createOutputTopic(relation.topic(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList()
                .forEach(record -> {
                    ActualRow row = new ActualRow(
                            record.key() == null ? null : topic.readKey(record.key()),
                            record.value() == null ? null : topic.readValue(record.value()),
                            record.timestamp());
                    actual.add(row);
                    last.put(row.key() == null ? "" : RowJson.write(topic.keyType(), row.key()), row);
                });
        List<ActualRow> compared = expected.order() == Order.LAST ? new ArrayList<>(last.values()) : actual;
        if (expected.order() == Order.EXACT) {
            compareInOrder(topic, name, expected, compared);
        } else {
            compareAsBag(topic, name, expected, compared);
        }
    }

    private void compareInOrder(RelationTopic topic, String name, Expected expected, List<ActualRow> actual) {
        int common = Math.min(expected.rows().size(), actual.size());
        for (int i = 0; i < common; i++) {
            ExpectedRow row = expected.rows().get(i);
            String difference = difference(topic, row, actual.get(i));
            if (difference != null) {
                differences.add(Problem.at(row.location(), name + ", row " + (i + 1) + ": " + difference));
            }
        }
        for (int i = common; i < expected.rows().size(); i++) {
            differences.add(Problem.at(
                    expected.rows().get(i).location(),
                    name + " gave " + actual.size() + " rows, so this one is missing"));
        }
        for (int i = common; i < actual.size(); i++) {
            differences.add(Problem.at(
                    expected.location(), name + " gave a row more than expected: " + show(topic, actual.get(i))));
        }
    }

    private void compareAsBag(RelationTopic topic, String name, Expected expected, List<ActualRow> actual) {
        List<ActualRow> left = new ArrayList<>(actual);
        for (ExpectedRow row : expected.rows()) {
            Optional<ActualRow> match = left.stream()
                    .filter(candidate -> difference(topic, row, candidate) == null)
                    .findFirst();
            match.ifPresentOrElse(
                    left::remove, () -> differences.add(Problem.at(row.location(), name + " gave no such row")));
        }
        left.forEach(row -> differences.add(
                Problem.at(expected.location(), name + " gave a row more than expected: " + show(topic, row))));
    }

    private static String show(RelationTopic topic, ActualRow row) {
        return row.value() == null ? "a tombstone" : RowJson.write(topic.rowType(), row.value());
    }

    /** What of the row is not as expected, or null. */
    private static @Nullable String difference(RelationTopic topic, ExpectedRow expected, ActualRow actual) {
        if (expected.isTombstone() != (actual.value() == null)) {
            return expected.isTombstone() ? "expected a tombstone, not " + show(topic, actual) : "it is a tombstone";
        }
        if (expected.timestamp() != null && PlainValues.epochMs(expected.timestamp()) != actual.timestampMs()) {
            return "its timestamp is " + Instant.ofEpochMilli(actual.timestampMs()) + ", expected "
                    + expected.timestamp();
        }
        String key = expected.key() == null ? null : difference(topic.keyType(), expected.key(), actual.key());
        if (key != null) {
            return "in its key, " + key;
        }
        return expected.value() == null ? null : difference(topic.rowType(), expected.value(), actual.value());
    }

    private static @Nullable String difference(
            RelDataType type, Map<String, @Nullable Object> expected, @Nullable Row actual) {
        for (Map.Entry<String, @Nullable Object> entry : expected.entrySet()) {
            RelDataTypeField column = type.getField(entry.getKey(), false, false);
            if (column == null || actual == null) {
                return "there is no column '" + entry.getKey() + "'";
            }
            Object wanted;
            try {
                wanted = PlainValues.internal(column, entry.getValue());
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
            Object found = actual.get(column.getIndex());
            if (!PlainValues.isSame(wanted, found)) {
                return column.getName() + " is not " + entry.getValue() + " in " + RowJson.write(type, actual);
            }
        }
        return null;
    }

    private void quarantine(TopologyTestDriver driver) {
        List<ExpectedFailure> expected = test.quarantine();
        if (expected == null) {
            return;
        }
        List<GenericRecord> actual = driver
                .createOutputTopic(plan.quarantineTopic(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(TestRun::decode)
                .toList();
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            if (i >= expected.size()) {
                differences.add(Problem.at(test.location(), "In quarantine, but not expected: " + show(actual.get(i))));
            } else if (i >= actual.size()) {
                differences.add(Problem.at(expected.get(i).location(), "This row is not in quarantine"));
            } else if (!matches(expected.get(i), actual.get(i))) {
                differences.add(Problem.at(expected.get(i).location(), "In quarantine is " + show(actual.get(i))));
            }
        }
    }

    private static boolean matches(ExpectedFailure expected, GenericRecord actual) {
        return (expected.relation() == null
                        || expected.relation().equalsIgnoreCase(String.valueOf(actual.get("relation"))))
                && (expected.reason() == null
                        || String.valueOf(actual.get("reason")).contains(expected.reason()));
    }

    private static String show(GenericRecord row) {
        return row.get("relation") + ": " + row.get("reason") + (row.get("row") == null ? "" : ": " + row.get("row"));
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
}
