package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Connection;
import io.millrace.document.Documents;
import io.millrace.document.Location;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.row.AvroSchemas;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.serde.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand real flights through the example pipeline, against the same queries in DuckDB over the same files. */
final class FlightsAgainstDuckDbTest {

    private static final Path EXAMPLE = Path.of("../../examples/flights");
    private static final Location NOWHERE = new Location("built-in", 1, 1);
    private static final String DEPARTURES = """
            WITH departures AS (
              SELECT f.ordinal, strptime(f.date, '%Y/%m/%d %H:%M') AS departed_at, f.origin, a.city, a.state, f.delay, f.distance
              FROM flights f JOIN airports a ON f.origin = a.iata
              WHERE f.origin IS NOT NULL AND coalesce(f.delay BETWEEN -120 AND 2000, true) AND coalesce(f.distance > 0, true))
            """;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final List<String> departures = new ArrayList<>();
    private final Map<String, String> hourlyDelays = new TreeMap<>();
    private final List<String> quarantined = new ArrayList<>();

    private java.sql.Connection duckDb;

    @TempDir
    private Path state;

    private void runPipeline() throws Exception {
        PipelinePlan plan = PipelinePlanner.plan(
                Documents.read(EXAMPLE.resolve("flights.yaml")).pipelines().get(0),
                List.of(
                        new Connection("local-s3", NOWHERE, "s3", Map.of("bucket", "millrace")),
                        new Connection(
                                "local-postgres", NOWHERE, "jdbc", Map.of("url", "jdbc:postgresql://127.0.0.1/m"))),
                PlanOptions.DEFAULT);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, plan.applicationId());
        config.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        try (TopologyTestDriver driver =
                new TopologyTestDriver(PlanTopology.build(plan, registry), config, Instant.EPOCH)) {
            pipe(driver, plan, "airports", "SELECT * FROM airports");
            pipe(
                    driver,
                    plan,
                    "flights",
                    "SELECT date, delay, distance, origin, destination FROM flights ORDER BY ordinal");
            for (GenericRecord row : read(driver, "flights.departures")) {
                departures.add(String.join(
                        "|",
                        time(row, "departed_at"),
                        text(row, "origin"),
                        text(row, "city"),
                        text(row, "state"),
                        text(row, "delay"),
                        text(row, "distance")));
            }
            for (GenericRecord row : read(driver, "flights.hourly_delay")) {
                hourlyDelays.put(
                        text(row, "origin") + "|" + time(row, "window_start"),
                        text(row, "flights") + "|" + row.get("average_delay"));
            }
            read(driver, "flights.quarantine").forEach(row -> quarantined.add(row.toString()));
        }
    }

    @Test
    void shouldGiveEveryDepartureThatDuckDbGives() throws SQLException {
        assertThat(departures).hasSizeGreaterThan(9_000);
        assertThat(departures)
                .containsExactlyElementsOf(duckDb(DEPARTURES
                        + "SELECT strftime(departed_at, '%Y-%m-%dT%H:%M:%SZ'), origin, city, state, delay, distance"
                        + " FROM departures ORDER BY ordinal"));
    }

    @Test
    void shouldAverageEveryHourAsDuckDbDoes() throws SQLException {
        List<String> actual = new ArrayList<>();
        hourlyDelays.forEach((key, value) -> actual.add(key + "|" + value));
        assertThat(actual).hasSizeGreaterThan(1_000);
        assertThat(actual)
                .containsExactlyInAnyOrderElementsOf(duckDb(DEPARTURES
                        + "SELECT origin, strftime(date_trunc('hour', departed_at), '%Y-%m-%dT%H:%M:%SZ'), count(*), avg(delay)"
                        + " FROM departures GROUP BY 1, 2"));
    }

    @Test
    void shouldQuarantineNothingOfWhatKeepsTheRules() throws SQLException {
        List<String> broken = duckDb("SELECT f.date FROM flights f JOIN airports a ON f.origin = a.iata"
                + " WHERE f.delay NOT BETWEEN -120 AND 2000 OR f.distance <= 0");
        assertThat(quarantined).hasSameSizeAs(broken);
    }

    private void pipe(TopologyTestDriver driver, PipelinePlan plan, String source, String query) throws Exception {
        String topic = "flights." + source;
        Schema schema = AvroSchemas.of(plan.relation(source).rowType(), topic, "");
        byte[] header = WireFormat.header(registry.register(topic + "-value", schema));
        TestInputTopic<byte[], byte[]> input =
                driver.createInputTopic(topic, new ByteArraySerializer(), new ByteArraySerializer());
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                GenericRecord row = new GenericData.Record(schema);
                for (Schema.Field field : schema.getFields()) {
                    row.put(field.name(), rows.getObject(field.name()));
                }
                input.pipeInput(encode(header, row));
            }
        }
    }

    @BeforeEach
    void openDuckDb() throws Exception {
        duckDb = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = duckDb.createStatement()) {
            statement.execute(
                    "CREATE TABLE airports AS FROM read_csv('" + EXAMPLE + "/data/airports.csv', header = true)");
            // One thread numbers the rows in the order of the files.
            statement.execute("SET threads = 1");
            statement.execute("CREATE SEQUENCE ordinals");
            statement.execute(
                    "CREATE TABLE flights AS SELECT nextval('ordinals') AS ordinal, * FROM read_json('" + EXAMPLE
                            + "/data/flights/*.json.gz', columns = {date: 'VARCHAR', delay: 'INT', distance: 'INT',"
                            + " origin: 'VARCHAR', destination: 'VARCHAR'})");
        }
        runPipeline();
    }

    @AfterEach
    void closeDuckDb() throws SQLException {
        duckDb.close();
    }

    private List<String> duckDb(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Statement statement = duckDb.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            int width = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    cells.add(String.valueOf(rows.getObject(i)));
                }
                found.add(String.join("|", cells));
            }
        }
        return found;
    }

    private static byte[] encode(byte[] header, GenericRecord row) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(row.getSchema()).write(row, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    private List<GenericRecord> read(TopologyTestDriver driver, String topic) throws IOException {
        List<GenericRecord> rows = new ArrayList<>();
        for (byte[] bytes : driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readValuesToList()) {
            Schema schema = registry.schemaOf(WireFormat.schemaId(bytes));
            rows.add(new GenericDatumReader<GenericRecord>(schema)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(
                                            bytes,
                                            WireFormat.HEADER_BYTES,
                                            bytes.length - WireFormat.HEADER_BYTES,
                                            null)));
        }
        return rows;
    }

    private static String text(GenericRecord row, String field) {
        return String.valueOf(row.get(field));
    }

    private static String time(GenericRecord row, String field) {
        return Instant.ofEpochMilli((Long) row.get(field)).toString();
    }
}
