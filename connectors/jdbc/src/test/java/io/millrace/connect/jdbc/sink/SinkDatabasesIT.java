package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.TestDatabase;
import io.millrace.connect.jdbc.TestMariaDb;
import io.millrace.connect.jdbc.TestPostgres;
import io.millrace.connect.jdbc.TestSqlite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sink promises, by every database that it writes to. */
@Timeout(120)
final class SinkDatabasesIT {

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static final Map<String, TestDatabase> DATABASES = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        DATABASES.put("postgres", new TestPostgres());
        DATABASES.put("mariadb", new TestMariaDb());
        DATABASES.put("sqlite", new TestSqlite());
    }

    @AfterAll
    static void stop() {
        DATABASES.values().forEach(TestDatabase::close);
    }

    private static TestDatabase emptied(String name) {
        TestDatabase database = DATABASES.get(name);
        database.empty();
        return database;
    }

    private static SinkRun sink(TestDatabase database, String... more) {
        SinkRun run = new SinkRun(database.config("table", "t"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    private static void row(SinkRun run, long id, String name) {
        run.send(
                KEY,
                new Struct(KEY).put("id", id),
                VALUE,
                new Struct(VALUE).put("id", id).put("name", name));
    }

    private static void gone(SinkRun run, long id) {
        run.send(KEY, new Struct(KEY).put("id", id), null, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldReplaceAndDeleteByKey(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database, "mode", "upsert");
        row(run, 1, "a");
        row(run, 2, "b");
        row(run, 1, "ü€😀");
        gone(run, 2);
        run.start().deliverAll();
        row(run, 3, null);
        row(run, 2, "d");
        gone(run, 1);
        row(run, 4, "e");
        gone(run, 4);
        row(run, 5, "f");
        run.deliverAll();
        assertThat(database.rows("SELECT id, name FROM t ORDER BY id")).containsExactly("2|d", "3|null", "5|f");
        assertThat(database.rows("SELECT next_offset FROM millrace_offsets")).containsExactly("10");
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldInsertEachRowOnceWhateverFails(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database);
        IntStream.rangeClosed(1, 2500).forEach(i -> row(run, i, "n" + i));
        for (int i = 0; i < 5; i++) {
            run.start().deliver(300);
            run.deliver(100);
        }
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT count(*), count(DISTINCT id), max(id) FROM t"))
                .containsExactly("2500|2500|2500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldReportTheRowsThatAreRefusedAlone(String name) {
        TestDatabase database = emptied(name);
        database.run("CREATE TABLE t (id bigint PRIMARY KEY, name varchar(9) CHECK (name <> 'wrong'))");
        SinkRun run = sink(database, "mode", "upsert").tolerant();
        IntStream.rangeClosed(1, 100).forEach(i -> row(run, i, i % 40 == 0 ? "wrong" : "n" + i));
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("98");
        assertThat(run.rejected).hasSize(2);
        assertThat(run.rejected.get(0)).startsWith("39 The record at topic p.rows, partition 0, offset 39");
        assertThat(run.rejected.get(1)).startsWith("79 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldLetOnlyOneOfTwoTasksWriteAPartition(String name) {
        TestDatabase database = emptied(name);
        SinkRun first = sink(database);
        SinkRun second = sink(database);
        for (int i = 1; i <= 10; i++) {
            row(first, i, "n");
            row(second, i, "n");
        }
        first.start().deliver(2);
        second.start().deliver(3);
        second.deliver(3);
        first.deliverAll().stop();
        second.deliverAll().stop();
        assertThat(database.rows("SELECT count(*), count(DISTINCT id) FROM t")).containsExactly("10|10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldLetATaskWriteNothingOnceAnotherHasTakenOver(String name) {
        TestDatabase database = emptied(name);
        SinkRun first = sink(database);
        SinkRun second = sink(database);
        for (int i = 1; i <= 6; i++) {
            row(first, i, "n");
            row(second, i, "n");
        }
        first.start().deliver(2);
        // It comes from the beginning, is sent to where the other one is, and writes nothing yet.
        second.start().deliver(1);
        assertThatThrownBy(() -> first.deliver(2))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("has taken it over");
        assertThat(database.rows("SELECT count(*) FROM t")).containsExactly("2");
        second.deliverAll().stop();
        first.deliverAll().stop();
        assertThat(database.rows("SELECT count(*), count(DISTINCT id) FROM t")).containsExactly("6|6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldGoOnFromATableWithoutGenerations(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database);
        row(run, 1, "a");
        run.start().deliverAll().stop();
        database.run("ALTER TABLE millrace_offsets DROP COLUMN generation");
        row(run, 2, "b");
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldMakeAColumnForEveryType(String name) {
        TestDatabase database = emptied(name);
        Schema schema = SchemaBuilder.struct()
                .field("code", Schema.STRING_SCHEMA)
                .field("b", Schema.OPTIONAL_BOOLEAN_SCHEMA)
                .field("i1", Schema.OPTIONAL_INT8_SCHEMA)
                .field("i2", Schema.OPTIONAL_INT16_SCHEMA)
                .field("i4", Schema.OPTIONAL_INT32_SCHEMA)
                .field("i8", Schema.OPTIONAL_INT64_SCHEMA)
                .field("f4", Schema.OPTIONAL_FLOAT32_SCHEMA)
                .field("f8", Schema.OPTIONAL_FLOAT64_SCHEMA)
                .field(
                        "n",
                        Decimal.builder(2)
                                .parameter("connect.decimal.precision", "12")
                                .optional()
                                .build())
                .field("s", Schema.OPTIONAL_STRING_SCHEMA)
                .field("y", Schema.OPTIONAL_BYTES_SCHEMA)
                .field(
                        "d",
                        org.apache.kafka.connect.data.Date.builder().optional().build())
                .field("t", Time.builder().optional().build())
                .field("ts", Timestamp.builder().optional().build())
                .build();
        SinkRun run = sink(database, "mode", "upsert", "pk.mode", "record_value", "pk.fields", "code");
        run.send(
                null,
                null,
                schema,
                new Struct(schema)
                        .put("code", "A")
                        .put("b", true)
                        .put("i1", (byte) -128)
                        .put("i2", (short) 32767)
                        .put("i4", -5)
                        .put("i8", Long.MAX_VALUE)
                        .put("f4", 0.5f)
                        .put("f8", -0.25)
                        .put("n", new BigDecimal("1234567890.12"))
                        .put("s", "ü'\\\n😀")
                        .put("y", ByteBuffer.wrap(new byte[] {0, -1}))
                        .put("d", Date.from(Instant.parse("2024-02-29T00:00:00Z")))
                        .put("t", Date.from(Instant.parse("1970-01-01T23:59:59.999Z")))
                        .put("ts", Date.from(Instant.parse("2024-03-10T02:30:00.123Z"))));
        run.send(null, null, schema, new Struct(schema).put("code", "a"));
        run.start().deliverAll().stop();
        String columns = "code, CASE WHEN b THEN 'yes' END, i1, i2, i4, i8, f4, f8, n, s, d, t, ts";
        assertThat(database.rows("SELECT " + columns + " FROM t ORDER BY i1 IS NULL").stream()
                        // MariaDB's driver writes microseconds.
                        .map(row -> row.replace(".123000", ".123")))
                .containsExactly(
                        "A|yes|-128|32767|-5|9223372036854775807|0.5|-0.25|1234567890.12|ü'\\\n😀|2024-02-29|23:59:59.999|2024-03-10 02:30:00.123",
                        "a" + "|null".repeat(12));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldMakeATableWhileAnotherTaskDoes(String name) {
        TestDatabase database = emptied(name);
        List<SinkRun> runs = IntStream.range(0, 4)
                .mapToObj(i -> sink(database, "name", "c" + i, "mode", "upsert"))
                .toList();
        List<CompletableFuture<Void>> tasks = runs.stream()
                .map(run -> {
                    row(run, 1, "a");
                    return CompletableFuture.runAsync(
                            () -> run.start().deliverAll().stop(), task -> new Thread(task).start());
                })
                .toList();
        tasks.forEach(CompletableFuture::join);
        assertThat(database.rows("SELECT id, name FROM t")).containsExactly("1|a");
        assertThat(database.rows("SELECT count(*) FROM millrace_offsets")).containsExactly("4");
    }
}
