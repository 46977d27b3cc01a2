package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.cli.PipelineRun;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackOptions;
import io.millrace.document.Documents;
import io.millrace.orchestrator.RunException;
import io.millrace.orchestrator.RunReport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are not as straight as the example's: each ends, with what is right, or says why it cannot. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class RunsIT {

    private static final Schema READING = SchemaBuilder.record("Reading")
            .fields()
            .requiredString("id")
            .name("happened")
            .type(LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG)))
            .noDefault()
            .requiredInt("value")
            .endRecord();

    private Path directory;
    private LocalStack stack;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        stack = new EmbeddedStackProvider().start(new StackOptions(temporary.resolve("stack"), true), part -> {});
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void shouldNotDeliverWhatAnAbortedTransactionLeft() throws Exception {
        try (KafkaProducer<byte[], GenericRecord> producer = producer(Map.of("transactional.id", "aborts"))) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(reading("direct.readings", "aborted", 0, 1)).get();
            producer.abortTransaction();
            producer.beginTransaction();
            producer.send(reading("direct.readings", "committed", 0, 2)).get();
            producer.commitTransaction();
        }
        run("direct", """
                  sources:
                    readings: {connector: topic, columns: "id STRING NOT NULL, value INT"}
                  steps:
                    all_of_them: SELECT id, "value" FROM readings
                  sinks:
                    out: {from: all_of_them, connector: jdbc, connection: local-postgres, config: {table: direct, mode: insert}}
                """);
        assertThat(select("SELECT id FROM direct")).containsExactly("committed");
    }

    @Test
    void shouldCloseAtItsEndWhatWaitsOnEveryPartition() throws Exception {
        createTopic("closing.readings", 3);
        try (KafkaProducer<byte[], GenericRecord> producer = producer(Map.of())) {
            for (int i = 0; i < 30; i++) {
                producer.send(reading("closing.readings", i % 3, "sensor-" + i % 10, 60_000L * i, i))
                        .get();
            }
        }
        String spec = """
                  sources:
                    readings: {connector: topic, columns: "id STRING NOT NULL, happened TIMESTAMP(3) NOT NULL, value INT"}
                  event_time: {readings: {column: happened, delay: 1 HOUR}}
                  emit: {hourly: on_close}
                  steps:
                    hourly: |
                      SELECT id, window_start, COUNT(*) AS c, SUM("value") AS total
                      FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(happened), INTERVAL '1' HOUR))
                      GROUP BY id, window_start
                  sinks:
                    out: {from: hourly, connector: jdbc, connection: local-postgres, config: {table: closing, mode: upsert}}
                """;
        RunReport report = run("closing", spec);
        assertThat(report.written()).isEqualTo(Map.of("out", 10L));
        assertThat(select("SELECT id || ' ' || c || ' ' || total FROM closing ORDER BY id"))
                .hasSize(10)
                .contains("sensor-0 3 30", "sensor-9 3 57");

        // When the next run brings rows of a later hour, and one of the hour that has closed
        send(reading("closing.readings", "sensor-1", 3_700_000L, 5));
        send(reading("closing.readings", "sensor-1", 1_000L, 5));
        report = run("closing", spec);

        // Then
        assertThat(report.written()).isEqualTo(Map.of("out", 1L));
        assertThat(report.quarantine())
                .singleElement()
                .satisfies(row -> assertThat(row.stage()).isEqualTo("late"));
    }

    @Test
    void shouldGiveTheSameFromWhatIsPushedDownToTheDatabase() throws Exception {
        // Given
        execute(
                "CREATE TABLE orders (id bigint PRIMARY KEY, country text, amount numeric(9, 2), placed timestamp, unfit interval)");
        execute(
                "INSERT INTO orders SELECT g, CASE g % 4 WHEN 0 THEN NULL WHEN 1 THEN 'DE' WHEN 2 THEN 'it''s' ELSE 'de' END,"
                        + " g * 1.25, timestamp '2024-01-01' + g * interval '1 minute 1 millisecond 1 microsecond' FROM generate_series(1, 400) g");
        String spec = """
                  sources:
                    orders:
                      connector: jdbc
                      connection: local-postgres
                      config: {table: orders}
                      columns: id BIGINT NOT NULL, country STRING, amount DECIMAL(9, 2), placed TIMESTAMP
                      push_down: %s
                  steps:
                    chosen: |
                      SELECT country, COUNT(*) AS orders, SUM(id) AS ids FROM orders
                      WHERE amount > 100.5 AND (country <> 'de' OR country IS NULL) AND placed <= TIMESTAMP '2024-01-01 05:00:00'
                        AND NOT (amount BETWEEN 200 AND 225)
                      GROUP BY country
                  sinks:
                    out: {from: chosen, connector: jdbc, connection: local-postgres, config: {table: %s, mode: insert}}
                """;

        // When
        RunReport all = run("everything", spec.formatted("none", "everything"));
        RunReport pushed = run("pushed", spec.formatted("filters", "pushed"));

        // Then
        String last =
                "SELECT COALESCE(country, '-') || ' ' || MAX(orders) || ' ' || MAX(ids) FROM %s GROUP BY country ORDER BY 1";
        assertThat(all.read()).isEqualTo(Map.of("orders", 400L));
        assertThat(pushed.read().get("orders")).isBetween(10L, 200L);
        assertThat(select(last.formatted("pushed"))).hasSize(3).isEqualTo(select(last.formatted("everything")));
        assertThat(select("SELECT COUNT(*) FROM pushed"))
                .isEqualTo(List.of(String.valueOf(pushed.read().get("orders"))));
    }

    @Test
    void shouldEndThoughNothingReadsOneOfItsSources() throws Exception {
        send(reading("half.unread", "a", 0, 1));
        send(reading("half.read", "b", 0, 1));
        RunReport report = run("half", """
                  sources:
                    unread: {connector: topic, columns: "id STRING NOT NULL"}
                    read: {connector: topic, columns: "id STRING NOT NULL"}
                  steps:
                    chosen: SELECT id FROM read
                  sinks:
                    out: {from: chosen, connector: topic}
                """);
        assertThat(report.written()).isEqualTo(Map.of("out", 1L));
    }

    @Test
    void shouldEndThoughOthersGoOnWritingToItsTopic() throws Exception {
        send(reading("endless.events", "a", 0, 1));
        AtomicBoolean isOver = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (KafkaProducer<byte[], GenericRecord> producer = producer(Map.of())) {
                while (!isOver.get()) {
                    producer.send(reading("endless.events", "more", 0, 1)).get();
                }
            } catch (Exception e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        });
        try {
            RunReport report = run("endless", """
                      sources:
                        events: {connector: topic, columns: "id STRING NOT NULL"}
                      steps:
                        same: SELECT id FROM events
                      sinks:
                        out: {from: same, connector: jdbc, connection: local-postgres, config: {table: endless, mode: insert}}
                    """);
            assertThat(report.written().get("out")).isPositive();
        } finally {
            isOver.set(true);
            writer.join();
        }
        assertThat(select("SELECT id FROM endless")).contains("a");
    }

    @Test
    void shouldCarryASourceStraightToASink() throws Exception {
        execute(
                "CREATE TABLE origin (id int PRIMARY KEY, name text); INSERT INTO origin VALUES (1, 'one'), (2, 'two')");
        RunReport report = run("straight", """
                  sources:
                    origin:
                      connector: jdbc
                      connection: local-postgres
                      config: {table: origin}
                      columns: id INT NOT NULL, name STRING
                      key: id
                  sinks:
                    out: {from: origin, connector: jdbc, connection: local-postgres, config: {table: copy, mode: upsert}}
                """);
        assertThat(report.read()).isEqualTo(Map.of("origin", 2L));
        assertThat(report.written()).isEqualTo(Map.of("out", 2L));
        assertThat(select("SELECT name FROM copy ORDER BY id")).containsExactly("one", "two");
    }

    @Test
    void shouldNotWaitForTheTopicsOfAPipelineWhoseNameBeginsAlike() throws Exception {
        String spec = """
                  sources:
                    readings: {connector: topic, columns: "id STRING NOT NULL, happened TIMESTAMP NOT NULL, value INT"}
                  steps:
                    hourly: |
                      SELECT id, window_start, COUNT(*) AS readings
                      FROM TABLE(TUMBLE(TABLE readings, DESCRIPTOR(happened), INTERVAL '1' HOUR)) GROUP BY id, window_start
                  event_time: {readings: {column: happened, delay: 1 MINUTES}}
                  sinks:
                    out: {from: hourly, connector: topic}
                """;
        send(reading("ev-eu.readings", "a", 1, 1));
        send(reading("ev.readings", "a", 1, 1));
        assertThat(run("ev-eu", spec).written()).isEqualTo(Map.of("out", 1L));
        assertThat(run("ev", spec).written()).isEqualTo(Map.of("out", 1L));
    }

    @Test
    void shouldFailWhenSomethingElseRemovesItsConnector() throws Exception {
        String unreachable = """
                  sources:
                    events: {connector: topic, columns: "id STRING NOT NULL"}
                  steps:
                    same: SELECT id FROM events
                  sinks:
                    out: {from: same, connector: jdbc, connection: nowhere, config: {table: t, mode: insert}}
                ---
                apiVersion: millrace/v1
                kind: Connection
                metadata: {name: nowhere}
                spec: {type: jdbc, url: "jdbc:postgresql://127.0.0.1:1/postgres", user: nobody}
                """;
        send(reading("robbed.events", "a", 0, 1));
        AtomicBoolean isWaiting = new AtomicBoolean();
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(() -> {
            try {
                return run("robbed", unreachable, isWaiting);
            } catch (Exception e) {
                throw new java.util.concurrent.CompletionException(e);
            }
        });
        while (!isWaiting.get() && !run.isDone()) {
            Thread.sleep(50);
        }
        URI connector = stack.endpoints().connect().resolve("/connectors/robbed-sink-out");
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(connector).DELETE().build(), HttpResponse.BodyHandlers.ofString());
        assertThatThrownBy(() -> run.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.FAILED))
                .hasMessageContaining("Connector robbed-sink-out failed: it is not there any more");
    }

    @Test
    void shouldResolveASecretWhereItIsUsed() throws Exception {
        execute("CREATE TABLE secretive (id int PRIMARY KEY); INSERT INTO secretive VALUES (7)");
        Path secrets = Files.writeString(directory.resolve("secrets.properties"), "user=postgres\n");
        RunReport report = run("secretive", """
                  sources:
                    events: {connector: jdbc, connection: guarded, config: {table: secretive}, columns: id INT NOT NULL}
                  steps:
                    same: SELECT id FROM events
                  sinks:
                    out: {from: same, connector: topic}
                ---
                apiVersion: millrace/v1
                kind: Connection
                metadata: {name: guarded}
                spec: {type: jdbc, url: "%s", user: "${file:%s:user}"}
                """.formatted(stack.endpoints().jdbcUrl(), secrets));
        assertThat(report.written()).isEqualTo(Map.of("out", 1L));
    }

    @Test
    void shouldSayThatATableIsNotThereBeforeAnythingIsMade() {
        assertThatThrownBy(() -> run("absent", """
                          sources:
                            events: {connector: jdbc, connection: local-postgres, config: {table: nothing_here}, columns: id INT}
                          steps:
                            same: SELECT id FROM events
                          sinks:
                            out: {from: same, connector: topic}
                        """))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("absent-source-events: table: There is no table 'nothing_here'");
    }

    @Test
    void shouldNameAnOptionThatAConnectorDoesNotHave() {
        assertThatThrownBy(() -> run("slips", """
                          sources:
                            events: {connector: topic, columns: id INT}
                          steps:
                            same: SELECT id FROM events
                          sinks:
                            out: {from: same, connector: jdbc, connection: local-postgres, config: {tabel: t, mode: insert}}
                        """))
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.REFUSED))
                .hasMessage("slips-sink-out: tabel: the connector has no such option; did you mean table?");
    }

    @Test
    void shouldSayThatAPluginIsNotInstalledBeforeMakingAnything() throws Exception {
        assertThatThrownBy(() -> run("strange", """
                          sources:
                            events: {connector: com.example.Nothing, config: {}, columns: id INT}
                          steps:
                            same: SELECT id FROM events
                          sinks:
                            out: {from: same, connector: topic}
                        """))
                .isInstanceOfSatisfying(
                        RunException.class, e -> assertThat(e.kind()).isEqualTo(RunException.Kind.REFUSED))
                .hasMessageContaining("does not know the connector com.example.Nothing");
    }

    private RunReport run(String name, String spec) throws Exception {
        return run(name, spec, new AtomicBoolean());
    }

    private RunReport run(String name, String spec, AtomicBoolean isWriting) throws Exception {
        Path file = Files.writeString(
                directory.resolve(name + ".yaml"),
                "apiVersion: millrace/v1\nkind: Pipeline\nmetadata: {name: " + name + "}\nspec:\n" + spec);
        return PipelineRun.execute(
                Documents.read(file),
                stack.endpoints(),
                directory.resolve("streams"),
                PipelineRun.PATIENCE,
                snapshot -> {
                    if (snapshot.waitingFor().contains(name + "-sink-out")) {
                        isWriting.set(true);
                    }
                });
    }

    private static ProducerRecord<byte[], GenericRecord> reading(String topic, String id, long at, int value) {
        return reading(topic, null, id, at, value);
    }

    private static ProducerRecord<byte[], GenericRecord> reading(
            String topic, @Nullable Integer partition, String id, long at, int value) {
        return new ProducerRecord<>(
                topic,
                partition,
                null,
                new GenericRecordBuilder(READING)
                        .set("id", id)
                        .set("happened", at)
                        .set("value", value)
                        .build());
    }

    private KafkaProducer<byte[], GenericRecord> producer(Map<String, Object> more) {
        StackEndpoints endpoints = stack.endpoints();
        Map<String, Object> config = new java.util.HashMap<>(more);
        config.put("bootstrap.servers", endpoints.bootstrapServers());
        config.put("schema.registry.url", endpoints.schemaRegistry().toString());
        config.put("key.serializer", "org.apache.kafka.common.serialization.ByteArraySerializer");
        config.put("value.serializer", "io.millrace.schemas.serde.AvroSerializer");
        return new KafkaProducer<>(config);
    }

    private void send(ProducerRecord<byte[], GenericRecord> row) throws Exception {
        try (KafkaProducer<byte[], GenericRecord> producer = producer(Map.of())) {
            producer.send(row).get();
        }
    }

    private void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", stack.endpoints().bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> select(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.add(result.getString(1));
            }
        }
        return rows;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.endpoints().jdbcUrl(), stack.endpoints().jdbcUser(), "");
    }
}
