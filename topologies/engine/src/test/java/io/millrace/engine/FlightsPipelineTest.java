package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Connection;
import io.millrace.document.Documents;
import io.millrace.document.Location;
import io.millrace.document.Pipeline;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.row.AvroSchemas;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlightsPipelineTest {

    private static final Location NOWHERE = new Location("built-in", 1, 1);
    private static final List<Connection> CONNECTIONS = List.of(
            new Connection("local-s3", NOWHERE, "s3", Map.of("bucket", "millrace")),
            new Connection("local-postgres", NOWHERE, "jdbc", Map.of("url", "jdbc:postgresql://127.0.0.1/millrace")));

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();

    @TempDir
    private Path state;

    private PipelinePlan plan;
    private TopologyTestDriver driver;

    @BeforeEach
    void startPipeline() throws Exception {
        Pipeline pipeline = Documents.read(Path.of("../../examples/flights/flights.yaml"))
                .pipelines()
                .get(0);
        plan = PipelinePlanner.plan(pipeline, CONNECTIONS, PlanOptions.DEFAULT);
        driver = start();
        airport("SFO", "San Francisco", "CA");
        airport("HNL", "Honolulu", "HI");
    }

    private TopologyTestDriver start() {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, plan.applicationId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        return new TopologyTestDriver(PlanTopology.build(plan, registry), config, Instant.EPOCH);
    }

    @AfterEach
    void stopPipeline() {
        driver.close();
    }

    @Test
    void shouldAverageLateFlightsPerHourAndOrigin() {
        // When
        flight("2001/01/01 01:10", 95, 2399, "SFO");
        flight("2001/01/01 01:40", -5, 2399, "SFO");
        flight("2001/01/01 02:00", 7, 2399, "SFO");

        // Then
        assertThat(rows("hourly_delay"))
                .containsExactly(
                        "{\"origin\": \"SFO\", \"window_start\": \"2001-01-01T01:00:00Z\", \"flights\": 1, \"average_delay\": 95.0}",
                        "{\"origin\": \"SFO\", \"window_start\": \"2001-01-01T01:00:00Z\", \"flights\": 2, \"average_delay\": 45.0}",
                        "{\"origin\": \"SFO\", \"window_start\": \"2001-01-01T02:00:00Z\", \"flights\": 1, \"average_delay\": 7.0}");
        assertThat(rows("quarantine")).isEmpty();
    }

    @Test
    void shouldJoinDeparturesWithTheirAirportAndLeaveOutUnknownOnes() {
        // When
        flight("2001/01/01 01:10", 95, 2399, "SFO");
        flight("2001/01/01 01:11", 1, 100, "XXX");

        // Then
        assertThat(rows("departures"))
                .containsExactly("{\"departed_at\": \"2001-01-01T01:10:00Z\", \"origin\": \"SFO\", "
                        + "\"city\": \"San Francisco\", \"state\": \"CA\", \"delay\": 95, \"distance\": 2399}");
    }

    @Test
    void shouldQuarantineRowsThatBreakARuleWithTheirOrigin() {
        // When
        flight("2001/01/01 01:10", 95, 0, "SFO");
        flight("2001/01/01 01:12", 3000, 10, "SFO");

        // Then
        List<GenericRecord> quarantined = records("flights.quarantine");
        assertThat(quarantined)
                .extracting(row -> String.valueOf(row.get("rule")))
                .containsExactly("check: distance > 0", "between: {column: delay, min: -120, max: 2000}");
        assertThat(quarantined).extracting(row -> row.get("offset")).containsExactly(0L, 1L);
        assertThat(rows("hourly_delay")).isEmpty();
    }

    @Test
    void shouldQuarantineADateThatCannotBeReadAndGoOn() {
        // When
        flight("yesterday", 1, 10, "SFO");
        flight("2001/01/01 01:12", 3, 10, "SFO");

        // Then
        assertThat(records("flights.quarantine"))
                .extracting(row -> String.valueOf(row.get("stage")))
                .containsExactly("expression");
        assertThat(rows("departures")).hasSize(1);
    }

    @Test
    void shouldQuarantineBytesThatAreNoRow() {
        // When
        input("flights.flights").pipeInput(new TestRecord<>(null, new byte[] {9, 9, 9}));

        // Then
        assertThat(records("flights.quarantine"))
                .extracting(row -> String.valueOf(row.get("stage")))
                .containsExactly("decode");
    }

    @Test
    void shouldQuarantineRowsThatComeAfterTheirWindowClosed() {
        // When
        flight("2001/01/01 01:10", 1, 10, "SFO");
        flight("2001/01/01 02:05", 2, 10, "SFO");
        flight("2001/01/01 01:50", 3, 10, "SFO");

        // Then
        assertThat(records("flights.quarantine"))
                .extracting(row -> String.valueOf(row.get("stage")))
                .containsExactly("late");
        assertThat(rows("hourly_delay")).hasSize(2);
    }

    private void airport(String iata, String city, String stateCode) {
        Schema schema = AvroSchemas.of(plan.relation("airports").rowType(), "flights.airports", "");
        GenericRecord row = new GenericData.Record(schema);
        row.put("iata", iata);
        row.put("city", city);
        row.put("state", stateCode);
        input("flights.airports").pipeInput(new TestRecord<>(null, encode("flights.airports", row)));
    }

    private void flight(String date, int delay, int distance, String origin) {
        Schema schema = AvroSchemas.of(plan.relation("flights").rowType(), "flights.flights", "");
        GenericRecord row = new GenericData.Record(schema);
        row.put("date", date);
        row.put("delay", delay);
        row.put("distance", distance);
        row.put("origin", origin);
        row.put("destination", "HNL");
        input("flights.flights").pipeInput(new TestRecord<>(null, encode("flights.flights", row)));
    }

    private TestInputTopic<byte[], byte[]> input(String topic) {
        return driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private List<String> rows(String relation) {
        List<String> rows = new ArrayList<>();
        for (GenericRecord row : records("flights." + relation)) {
            StringBuilder json = new StringBuilder("{");
            for (Schema.Field field : row.getSchema().getFields()) {
                Object value = row.get(field.name());
                if (field.name().equals("window_start") || field.name().equals("departed_at")) {
                    value = Instant.ofEpochMilli((Long) value).toString();
                }
                json.append(json.length() > 1 ? ", " : "")
                        .append('"')
                        .append(field.name())
                        .append("\": ");
                json.append(value instanceof Number || value == null ? value : "\"" + value + "\"");
            }
            rows.add(json.append('}').toString());
        }
        return rows;
    }

    private List<GenericRecord> records(String topic) {
        return driver
                .createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()
                .stream()
                .map(this::decode)
                .toList();
    }

    private byte[] encode(String topic, GenericRecord row) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(WireFormat.header(registry.register(topic + "-value", row.getSchema())));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(row.getSchema()).write(row, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private GenericRecord decode(byte[] bytes) {
        Schema schema = registry.schemaOf(WireFormat.schemaId(bytes));
        try {
            return new GenericDatumReader<GenericRecord>(schema)
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
