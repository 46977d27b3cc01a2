package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.PipelineRun;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.StackOptions;
import io.millrace.document.Documents;
import io.millrace.orchestrator.RunReport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
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

/**
 * Steps with state on real brokers, over topics of several partitions: what stands at the end of two runs, the second without the state
 * directory of the first, equals what Postgres computes from the same rows.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class StateOnTheStackIT {

    private static final Schema TIME = LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
    private static final Schema CUSTOMER = SchemaBuilder.record("Customer")
            .fields()
            .requiredInt("id")
            .requiredString("region")
            .requiredInt("score")
            .endRecord();
    private static final Schema CUSTOMER_KEY =
            SchemaBuilder.record("CustomerKey").fields().requiredInt("id").endRecord();
    private static final Schema ORDER = SchemaBuilder.record("Order")
            .fields()
            .requiredInt("id")
            .requiredInt("customer")
            .requiredInt("amount")
            .name("placed")
            .type(TIME)
            .noDefault()
            .endRecord();
    private static final Schema PAYMENT = SchemaBuilder.record("Payment")
            .fields()
            .requiredInt("order_id")
            .name("paid")
            .type(TIME)
            .noDefault()
            .endRecord();

    private static final String PIPELINE = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: shop}
            spec:
              sources:
                customers: {connector: topic, as: table, key: id, columns: "id INT NOT NULL, region STRING NOT NULL, score INT NOT NULL"}
                orders: {connector: topic, columns: "id INT NOT NULL, customer INT NOT NULL, amount INT NOT NULL, placed TIMESTAMP(3) NOT NULL"}
                payments: {connector: topic, columns: "order_id INT NOT NULL, paid TIMESTAMP(3) NOT NULL"}
              event_time:
                orders: {column: placed, delay: 1 HOUR}
                payments: {column: paid, delay: 1 HOUR}
              emit: {hourly: on_close}
              steps:
                regions: SELECT region, COUNT(*) AS customers, SUM(score) AS score FROM customers GROUP BY region
                best: |
                  SELECT region, id, score FROM (
                    SELECT region, id, score, ROW_NUMBER() OVER (PARTITION BY region ORDER BY score DESC, id) AS place FROM customers)
                  WHERE place <= 2
                spent: SELECT customer, COUNT(*) AS orders, SUM(amount) AS amount FROM orders GROUP BY customer
                hourly: |
                  SELECT customer, window_start, SUM(amount) AS amount
                  FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(placed), INTERVAL '1' HOUR))
                  GROUP BY customer, window_start
                unpaid: |
                  SELECT o.id, o.amount, p.paid FROM orders AS o LEFT JOIN payments AS p
                  ON o.id = p.order_id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '30' MINUTE
                customer_spend: |
                  SELECT c.id, c.region, s.amount FROM customers AS c LEFT JOIN spent AS s ON c.id = s.customer
              sinks:
                regions: {from: regions, connector: jdbc, connection: local-postgres, config: {table: out_regions, mode: upsert, delete.enabled: "true"}}
                best: {from: best, connector: jdbc, connection: local-postgres, config: {table: out_best, mode: upsert, delete.enabled: "true"}}
                hourly: {from: hourly, connector: jdbc, connection: local-postgres, config: {table: out_hourly, mode: upsert}}
                unpaid: {from: unpaid, connector: jdbc, connection: local-postgres, config: {table: out_unpaid, mode: insert}}
                spend: {from: customer_spend, connector: jdbc, connection: local-postgres, config: {table: out_spend, mode: upsert, delete.enabled: "true"}}
            """;

    private static final long HOUR_MS = 3_600_000;

    private final Random random = new Random(7);
    private final List<Future<?>> sent = new ArrayList<>();
    private Path directory;
    private LocalStack stack;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        directory = temporary;
        stack = new EmbeddedStackProvider().start(new StackOptions(temporary.resolve("stack"), true), part -> {});
        try (Admin admin = Admin.create(
                Map.<String, Object>of("bootstrap.servers", stack.endpoints().bootstrapServers()))) {
            admin.createTopics(List.of(
                            new NewTopic("shop.customers", 2, (short) 1).configs(Map.of("cleanup.policy", "compact")),
                            new NewTopic("shop.orders", 3, (short) 1),
                            new NewTopic("shop.payments", 4, (short) 1)))
                    .all()
                    .get();
        }
        execute("CREATE TABLE customers (id INT PRIMARY KEY, region TEXT, score INT)");
        execute("CREATE TABLE orders (id INT, customer INT, amount INT, placed TIMESTAMP)");
        execute("CREATE TABLE payments (order_id INT, paid TIMESTAMP)");
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void shouldEqualPostgresAfterEachOfTwoRuns() throws Exception {
        // Given a day, and a run over it
        fill(0);
        RunReport report = run("streams-1");
        assertThat(report.quarantine()).isEmpty();
        compare();

        // When another day comes, customers among it change and go, and the state is restored from its topics
        fill(24);
        report = run("streams-2");

        // Then
        assertThat(report.quarantine()).isEmpty();
        compare();
    }

    private void compare() throws SQLException {
        assertSame(
                "SELECT region, customers, score FROM out_regions",
                "SELECT region, COUNT(*), SUM(score) FROM customers GROUP BY region");
        assertSame("SELECT region, id, score FROM out_best", """
                SELECT region, id, score FROM (
                  SELECT *, ROW_NUMBER() OVER (PARTITION BY region ORDER BY score DESC, id) AS place FROM customers) AS ranked
                WHERE place <= 2""");
        assertSame("SELECT customer, window_start, amount FROM out_hourly", """
                SELECT customer, date_trunc('hour', placed), SUM(amount) FROM orders GROUP BY 1, 2""");
        assertSame("SELECT id, amount, paid FROM out_unpaid", """
                SELECT o.id, o.amount, p.paid FROM orders AS o LEFT JOIN payments AS p
                ON o.id = p.order_id AND p.paid BETWEEN o.placed AND o.placed + INTERVAL '30' MINUTE""");
        assertSame("SELECT id, region, amount FROM out_spend", """
                SELECT c.id, c.region, s.amount FROM customers AS c LEFT JOIN (
                  SELECT customer, SUM(amount) AS amount FROM orders GROUP BY customer) AS s ON c.id = s.customer""");
    }

    /** Twenty hours of rows, within the delay out of order, on partitions as they come. */
    private void fill(int firstHour) throws Exception {
        try (KafkaProducer<GenericRecord, GenericRecord> producer = producer();
                Connection postgres = connect()) {
            for (int i = 0; i < 60; i++) {
                customer(producer, postgres, random.nextInt(30), random.nextInt(5) == 0);
            }
            for (int i = 0; i < 400; i++) {
                long hourMs = HOUR_MS * firstHour + i * 20 * HOUR_MS / 400;
                long placed = hourMs + random.nextInt(3_000_000);
                int id = firstHour * 1000 + i;
                order(producer, postgres, id, random.nextInt(30), random.nextInt(100), placed);
                if (random.nextInt(3) > 0) {
                    payment(producer, postgres, id, placed + random.nextInt(2_400_000));
                }
            }
            for (Future<?> row : sent) {
                row.get();
            }
            sent.clear();
        }
    }

    private void customer(
            KafkaProducer<GenericRecord, GenericRecord> producer, Connection postgres, int id, boolean isGone)
            throws SQLException {
        int score = random.nextInt(50);
        GenericRecord key = new GenericRecordBuilder(CUSTOMER_KEY).set("id", id).build();
        String region = "region-" + id % 4;
        GenericRecord value = isGone
                ? null
                : new GenericRecordBuilder(CUSTOMER)
                        .set("id", id)
                        .set("region", region)
                        .set("score", score)
                        .build();
        sent.add(producer.send(new ProducerRecord<>("shop.customers", key, value)));
        if (isGone) {
            update(postgres, "DELETE FROM customers WHERE id = ?", id);
        } else {
            update(
                    postgres,
                    "INSERT INTO customers VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET region = EXCLUDED.region,"
                            + " score = EXCLUDED.score",
                    id,
                    region,
                    score);
        }
    }

    private void order(
            KafkaProducer<GenericRecord, GenericRecord> producer,
            Connection postgres,
            int id,
            int customer,
            int amount,
            long placed)
            throws SQLException {
        GenericRecord value = new GenericRecordBuilder(ORDER)
                .set("id", id)
                .set("customer", customer)
                .set("amount", amount)
                .set("placed", placed)
                .build();
        sent.add(producer.send(new ProducerRecord<>("shop.orders", random.nextInt(3), null, value)));
        update(postgres, "INSERT INTO orders VALUES (?, ?, ?, ?)", id, customer, amount, utc(placed));
    }

    private void payment(
            KafkaProducer<GenericRecord, GenericRecord> producer, Connection postgres, int order, long paid)
            throws SQLException {
        GenericRecord value = new GenericRecordBuilder(PAYMENT)
                .set("order_id", order)
                .set("paid", paid)
                .build();
        sent.add(producer.send(new ProducerRecord<>("shop.payments", random.nextInt(4), null, value)));
        update(postgres, "INSERT INTO payments VALUES (?, ?)", order, utc(paid));
    }

    private static Timestamp utc(long millis) {
        return Timestamp.valueOf(
                java.time.LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), java.time.ZoneOffset.UTC));
    }

    private RunReport run(String stateDirectory) throws Exception {
        Path file = Files.writeString(directory.resolve("shop.yaml"), PIPELINE);
        return PipelineRun.execute(
                Documents.read(file),
                stack.endpoints(),
                directory.resolve(stateDirectory),
                PipelineRun.PATIENCE,
                snapshot -> {});
    }

    private KafkaProducer<GenericRecord, GenericRecord> producer() {
        Map<String, Object> config = new HashMap<>();
        config.put("bootstrap.servers", stack.endpoints().bootstrapServers());
        config.put("schema.registry.url", stack.endpoints().schemaRegistry().toString());
        config.put("key.serializer", "io.millrace.schemas.serde.AvroSerializer");
        config.put("value.serializer", "io.millrace.schemas.serde.AvroSerializer");
        return new KafkaProducer<>(config);
    }

    private void assertSame(String query, String oracle) throws SQLException {
        assertThat(select(query)).as(query).containsExactlyInAnyOrderElementsOf(select(oracle));
    }

    private List<String> select(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringBuilder row = new StringBuilder();
                for (int i = 1; i <= width; i++) {
                    Object value = result.getObject(i);
                    row.append(value instanceof Number number ? Long.toString(number.longValue()) : value)
                            .append(' ');
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect()) {
            update(connection, sql);
        }
    }

    private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                stack.endpoints().jdbcUrl(), stack.endpoints().jdbcUser(), "");
    }
}
