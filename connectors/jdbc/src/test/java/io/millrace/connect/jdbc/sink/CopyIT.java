package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.TestPostgres;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that reach PostgreSQL by COPY, held against what the same rows come to by INSERT. */
@Timeout(120)
final class CopyIT {

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static TestPostgres postgres;

    @BeforeAll
    static void startDatabase() {
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        postgres.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    private static SinkRun sink(String mode, String... more) {
        SinkRun run = new SinkRun(postgres.config("topics", "p.rows", "mode", mode, "table", "t"));
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

    private static void rows(SinkRun run, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> row(run, i, "n" + i));
    }

    /** Without the user that the server's own URL names. */
    private static String bareUrl() {
        return postgres.url().replaceAll("[?].*", "");
    }

    /** As many statements as reached table t. */
    private static void countStatements() {
        postgres.run(
                "CREATE SEQUENCE statements",
                "CREATE FUNCTION count_statement() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM nextval(''statements''); RETURN NULL; END'",
                "CREATE TRIGGER counted AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION count_statement()");
    }

    private static int statements() {
        return Integer.parseInt(postgres.rows("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM statements")
                .get(0));
    }

    @Test
    void shouldWriteABatchAsOneSet() {
        for (String mode : List.of("insert", "upsert")) {
            empty();
            postgres.run("CREATE TABLE t (id bigint PRIMARY KEY, name text)");
            countStatements();
            SinkRun run = sink(mode);
            rows(run, 1, 700);
            run.start().deliverAll().stop();
            assertThat(statements()).as(mode).isEqualTo(1);
            assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("700");
        }
    }

    @Test
    void shouldFindWrongRowsByHalves() {
        postgres.run("CREATE TABLE t (id bigint PRIMARY KEY CHECK (id NOT IN (17, 600)), name text)");
        countStatements();
        SinkRun run = sink("upsert").tolerant();
        rows(run, 1, 1000);
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("998");
        assertThat(run.rejected).hasSize(2);
        assertThat(run.rejected.get(0)).startsWith("16 ").contains("check constraint");
        assertThat(run.rejected.get(1)).startsWith("599 ");
        assertThat(statements()).isBetween(15, 60);
    }

    @Test
    void shouldKeepAnEarlierRowWhenALaterOneOfItsKeyIsRefused() {
        postgres.run("CREATE TABLE t (id bigint PRIMARY KEY, name varchar(3))");
        SinkRun run = sink("upsert").tolerant();
        row(run, 1, "a");
        row(run, 1, "too long");
        row(run, 2, "b");
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT id, name FROM t ORDER BY 1")).containsExactly("1|a", "2|b");
        assertThat(run.rejected).hasSize(1);
    }

    @Test
    void shouldFindTheRowOfAConstraintThatIsCheckedAtTheEnd() {
        postgres.run(
                "CREATE TABLE t (id bigint PRIMARY KEY, name text UNIQUE DEFERRABLE INITIALLY DEFERRED)",
                "INSERT INTO t VALUES (0, 'n3')");
        SinkRun run = sink("upsert").tolerant();
        rows(run, 1, 5);
        run.start().deliverAll().stop();
        assertThat(run.rejected).hasSize(1);
        assertThat(run.rejected.get(0)).startsWith("2 ").contains("duplicate key");
        assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("5");
    }

    @Test
    void shouldMoveAUniqueValueFromOneRowToAnother() {
        postgres.run("CREATE TABLE t (id bigint PRIMARY KEY, name text UNIQUE)");
        SinkRun run = sink("upsert");
        row(run, 5, "a");
        row(run, 6, "b");
        run.start().deliverAll();
        run.send(KEY, new Struct(KEY).put("id", 5L), null, null);
        row(run, 1, "a");
        row(run, 6, "c");
        row(run, 2, "b");
        run.deliverAll().stop();
        assertThat(postgres.rows("SELECT id, name FROM t ORDER BY 1")).containsExactly("1|a", "2|b", "6|c");
    }

    @Test
    void shouldForgetWhatARowHadBeforeItWasDeleted() {
        postgres.run(
                "CREATE TABLE t (id bigint PRIMARY KEY, name text, more integer)", "INSERT INTO t VALUES (1, 'a', 5)");
        SinkRun run = sink("upsert");
        row(run, 1, "b");
        run.send(KEY, new Struct(KEY).put("id", 1L), null, null);
        row(run, 1, "c");
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT * FROM t")).containsExactly("1|c|null");
    }

    @Test
    void shouldWriteShapesOfOneTableInTheirOrder() {
        Schema wider = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("name", Schema.OPTIONAL_STRING_SCHEMA)
                .field("more", Schema.OPTIONAL_INT32_SCHEMA)
                .build();
        postgres.run("CREATE TABLE t (id bigint PRIMARY KEY, name text, more integer)");
        SinkRun run = sink("upsert", "batch.size", "2");
        for (long i = 1; i <= 9; i++) {
            row(run, i, "n" + i);
            run.send(
                    KEY,
                    new Struct(KEY).put("id", i + 5),
                    wider,
                    new Struct(wider).put("id", i + 5).put("name", "w").put("more", 1));
        }
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT id, name, more FROM t ORDER BY 1"))
                .hasSize(14)
                .contains("5|n5|null", "6|n6|1", "9|n9|1", "10|w|1");
    }

    @Test
    void shouldLeaveToTheDatabaseWhatItFillsIn() {
        postgres.run(
                "CREATE TABLE t (no serial, id bigint PRIMARY KEY, name text, at date DEFAULT '2020-01-01',"
                        + " twice bigint GENERATED ALWAYS AS (id * 2) STORED, seen text)",
                "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.seen := NEW.name || ''!''; RETURN NEW; END'",
                "CREATE TRIGGER see BEFORE INSERT OR UPDATE ON t FOR EACH ROW EXECUTE FUNCTION see()");
        SinkRun run = sink("insert");
        rows(run, 1, 2);
        run.start().deliverAll().stop();
        SinkRun upsert = sink("upsert", "name", "d");
        row(upsert, 2, "x");
        row(upsert, 3, "y");
        upsert.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT id, name, at, twice, seen FROM t ORDER BY 1"))
                .containsExactly("1|n1|2020-01-01|2|n1!", "2|x|2020-01-01|4|x!", "3|y|2020-01-01|6|y!");
        assertThat(postgres.rows("SELECT no FROM t WHERE id < 3 ORDER BY id")).containsExactly("1", "2");
    }

    @Test
    void shouldWriteWhereNothingCanBeCopiedOrStaged() {
        postgres.run(
                "DROP ROLE IF EXISTS plain",
                "CREATE ROLE plain LOGIN",
                "CREATE TABLE base (id bigint PRIMARY KEY, name text)",
                "CREATE VIEW t AS SELECT * FROM base",
                "GRANT USAGE, CREATE ON SCHEMA public TO plain",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO plain",
                "CREATE TABLE guarded (id bigint PRIMARY KEY, name text)",
                "GRANT ALL ON guarded TO plain",
                "ALTER TABLE guarded ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY all_rows ON guarded USING (true)");
        for (String temporary :
                List.of("REVOKE TEMP ON DATABASE postgres FROM PUBLIC", "GRANT TEMP ON DATABASE postgres TO PUBLIC")) {
            postgres.run(temporary, "DELETE FROM base", "DELETE FROM guarded");
            for (String table : List.of("t", "guarded")) {
                SinkRun run = sink(
                        "insert",
                        "connection.url",
                        bareUrl(),
                        "connection.user",
                        "plain",
                        "table",
                        table,
                        "name",
                        table + temporary);
                rows(run, 1, 3);
                run.start().deliverAll().stop();
            }
            SinkRun upsert = sink(
                    "upsert",
                    "connection.url",
                    bareUrl(),
                    "connection.user",
                    "plain",
                    "table",
                    "guarded",
                    "name",
                    "u" + temporary);
            rows(upsert, 3, 4);
            upsert.send(KEY, new Struct(KEY).put("id", 1L), null, null);
            upsert.start().deliverAll().stop();
            assertThat(postgres.rows("SELECT id FROM base ORDER BY 1")).containsExactly("1", "2", "3");
            assertThat(postgres.rows("SELECT id FROM guarded ORDER BY 1")).containsExactly("2", "3", "4");
        }
        postgres.run("DROP OWNED BY plain", "DROP ROLE plain");
    }

    @Test
    void shouldWriteEveryTextThatATypeIsReadFrom() {
        postgres.run(
                "CREATE TYPE mood AS ENUM ('sad', 'glad')",
                "CREATE DOMAIN code AS text CHECK (VALUE ~ '^[a-z]+$')",
                "CREATE TABLE a (id bigint PRIMARY KEY, u uuid, j json, b jsonb, m mood, c code, i inet, l integer[], x bit(3), p interval, v varchar(9), n char(4))",
                "CREATE TABLE t (LIKE a INCLUDING ALL)");
        List<String> names = List.of("u", "j", "b", "m", "c", "i", "l", "x", "p", "v", "n");
        SchemaBuilder builder = SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA);
        names.forEach(name -> builder.field(name, Schema.OPTIONAL_STRING_SCHEMA));
        Schema schema = builder.build();
        List<List<String>> rows = List.of(
                List.of(
                        "00000000-0000-0000-0000-00000000000A",
                        "{\"a\": 1}",
                        "[1, \"ä\"]",
                        "glad",
                        "abc",
                        "10.0.0.1/8",
                        "{1,NULL}",
                        "101",
                        "1 day",
                        "v",
                        "n"),
                List.of(
                        "{a0eebc999c0b4ef8bb6d6bb9bd380a11}",
                        "null",
                        "{}",
                        "sad",
                        "z",
                        "::1",
                        "{}",
                        "000",
                        "-3:00",
                        "ü€😀",
                        ""),
                List.of(
                        "a0ee-bc99-9c0b-4ef8-bb6d-6bb9-bd38-0a11",
                        "1",
                        "1",
                        "sad",
                        "z",
                        "1.2.3.4",
                        "{}",
                        "111",
                        "1 mon",
                        "",
                        "ab  "));
        for (String mode : List.of("insert", "upsert")) {
            postgres.run("TRUNCATE a, t");
            SinkRun run = sink(mode, "pk.mode", "record_value", "pk.fields", "id", "name", mode);
            for (int i = 0; i < rows.size(); i++) {
                Struct value = new Struct(schema).put("id", (long) i);
                List<String> literals = new ArrayList<>();
                for (int j = 0; j < names.size(); j++) {
                    value.put(names.get(j), rows.get(i).get(j));
                    literals.add("'" + rows.get(i).get(j) + "'");
                }
                postgres.run("INSERT INTO a VALUES (" + i + ", " + String.join(", ", literals) + ")");
                run.send(null, null, schema, value);
            }
            run.send(null, null, schema, new Struct(schema).put("id", 9L));
            run.tolerant()
                    .send(
                            null,
                            null,
                            schema,
                            new Struct(schema).put("id", 10L).put("u", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a1"));
            run.send(null, null, schema, new Struct(schema).put("id", 11L).put("m", "angry"));
            postgres.run("INSERT INTO a(id) VALUES (9)");
            run.start().deliverAll().stop();
            assertThat(postgres.rows("SELECT * FROM t ORDER BY id"))
                    .isEqualTo(postgres.rows("SELECT * FROM a ORDER BY id"));
            assertThat(run.rejected).hasSize(2);
            assertThat(run.rejected.get(0)).contains("invalid input syntax for type uuid");
            assertThat(run.rejected.get(1)).contains("mood");
        }
    }

    @Test
    void shouldWriteDecimalsExactly() {
        Random random = new Random(7);
        postgres.run("CREATE TABLE t (id bigint PRIMARY KEY, n numeric)");
        SinkRun run = sink("insert");
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            int scale = i % 45;
            BigDecimal number =
                    new BigDecimal(new BigInteger(1 + random.nextInt(i % 3 == 0 ? 300 : 60), random), scale);
            number = i % 2 == 0 ? number : number.negate();
            number = i % 97 == 0 ? BigDecimal.valueOf(0, scale) : number;
            Struct value = new Struct(SchemaBuilder.struct()
                    .field("id", Schema.INT64_SCHEMA)
                    .field("n", Decimal.schema(scale))
                    .build());
            run.send(null, null, value.schema(), value.put("id", (long) i).put("n", number));
            expected.add(number.toPlainString());
        }
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT n FROM t ORDER BY id")).isEqualTo(expected);
    }

    @Test
    void shouldRejectWhatFitsNoColumnAndWriteTheRest() {
        postgres.run("CREATE TABLE t (s smallint, i integer, n numeric(3, 1), at timestamp, f real)");
        Map<String, Object> wrong = Map.of(
                "s",
                40_000L,
                "i",
                1L << 40,
                "n",
                1_000L,
                "at",
                Date.from(Instant.ofEpochMilli(Long.MAX_VALUE)),
                "f",
                1e300);
        Schema schema = SchemaBuilder.struct()
                .field("s", Schema.OPTIONAL_INT64_SCHEMA)
                .field("i", Schema.OPTIONAL_INT64_SCHEMA)
                .field("n", Schema.OPTIONAL_INT64_SCHEMA)
                .field("at", Timestamp.builder().optional().build())
                .field("f", Schema.OPTIONAL_FLOAT64_SCHEMA)
                .build();
        SinkRun run = sink("insert").tolerant();
        run.send(null, null, schema, new Struct(schema).put("s", 1L).put("f", Double.NaN));
        wrong.forEach((name, value) -> run.send(null, null, schema, new Struct(schema).put(name, value)));
        run.send(null, null, schema, new Struct(schema).put("i", 2L).put("f", Double.NEGATIVE_INFINITY));
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT s, i, f FROM t ORDER BY s")).containsExactly("1|null|NaN", "null|2|-Infinity");
        assertThat(run.rejected).hasSize(5);
    }

    @Test
    void shouldWriteManyTablesInOneTransactionAndCountThem() {
        SinkRun run = sink("upsert", "table", "${topic}", "name", "c").tolerant();
        postgres.run("CREATE TABLE b (id bigint PRIMARY KEY CHECK (id <> 4), name text)");
        for (long i = 1; i <= 6; i++) {
            run.sendAs(
                    i % 2 == 0 ? "b" : "a",
                    KEY,
                    new Struct(KEY).put("id", i),
                    VALUE,
                    new Struct(VALUE).put("id", i).put("name", "n"));
        }
        run.start().deliverAll();
        assertThat(postgres.rows("SELECT id FROM a UNION SELECT -id FROM b ORDER BY 1"))
                .containsExactly("-6", "-2", "1", "3", "5");
        assertThat(
                        postgres.rows(
                                "SELECT count(DISTINCT xmin::text) FROM (SELECT xmin FROM a UNION SELECT xmin FROM millrace_offsets) x"))
                .containsExactly("2");
        Map<String, Double> totals = new TreeMap<>();
        run.metrics.metrics().forEach((name, metric) -> {
            if (name.group().equals("plugins")) {
                totals.put(name.name() + " " + name.tags().get("table"), (Double) metric.metricValue());
            }
        });
        assertThat(totals)
                .containsEntry("rows-total public.a", 3.0)
                .containsEntry("rows-total public.b", 2.0)
                .containsEntry("rejected-total public.b", 1.0)
                .containsEntry("retries-total public.a", 0.0)
                .containsKeys("batch-time-ms-avg public.a", "batch-time-ms-max public.b", "lag-ms public.a");
        run.stop();
        assertThat(run.metrics.metrics().keySet())
                .noneMatch(name -> name.group().equals("plugins"));
    }

    @Test
    void shouldWaitUntilItMayWriteAndReportNothing() {
        postgres.run(
                "DROP ROLE IF EXISTS waiting",
                "CREATE ROLE waiting LOGIN",
                "GRANT USAGE, CREATE ON SCHEMA public TO waiting",
                "CREATE TABLE t (id bigint PRIMARY KEY, name text)",
                "GRANT SELECT ON t TO waiting");
        SinkRun run = sink("upsert", "connection.url", bareUrl(), "connection.user", "waiting")
                .tolerant();
        rows(run, 1, 3);
        run.start();
        assertThatThrownBy(() -> run.deliver(9))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("permission denied")
                .hasMessageContaining("the records wait until it is allowed");
        assertThat(run.timeoutMs()).isPositive();
        assertThat(run.rejected).isEmpty();
        rows(run, 4, 50);
        for (int i = 0; i < 8; i++) {
            assertThatThrownBy(() -> run.deliver(5)).isInstanceOf(RetriableException.class);
        }
        // What waits does not grow while nothing can be written, and its offsets are not committed.
        assertThat(run.position()).isEqualTo(8);
        run.commit();
        assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("0");
        postgres.run("GRANT ALL ON t TO waiting");
        run.deliverAll();
        assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("50");
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("50");
        postgres.run("DROP OWNED BY waiting", "DROP ROLE waiting");
    }

    @Test
    void shouldRepeatATransactionThatWasEndedForOthersToGoOn() {
        postgres.run(
                "CREATE TABLE t (id bigint PRIMARY KEY, name text)",
                "CREATE SEQUENCE tries",
                "CREATE FUNCTION collide() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN IF nextval(''tries'') < 3 THEN RAISE EXCEPTION USING ERRCODE = ''deadlock_detected''; END IF; RETURN NULL; END'",
                "CREATE TRIGGER collide AFTER INSERT ON t FOR EACH STATEMENT EXECUTE FUNCTION collide()");
        SinkRun run = sink("upsert").tolerant();
        rows(run, 1, 3);
        run.start().deliver(9);
        assertThat(postgres.rows("SELECT count(*) FROM t")).containsExactly("3");
        assertThat(run.rejected).isEmpty();
        run.stop();
    }

    @Test
    void shouldNotWaitInACircleForTheSameRows() throws InterruptedException {
        postgres.run(
                "CREATE TABLE t (id bigint PRIMARY KEY, name text)",
                "INSERT INTO t SELECT g, 'old' FROM generate_series(1, 500) g");
        List<SinkRun> runs = List.of(sink("upsert", "name", "up"), sink("upsert", "name", "down"));
        for (int round = 0; round < 20; round++) {
            for (int i = 1; i <= 500; i++) {
                row(runs.get(0), i, "up");
                row(runs.get(1), 501 - i, "down");
            }
        }
        String before = postgres.rows("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'")
                .get(0);
        List<Thread> threads = runs.stream()
                .map(run -> new Thread(() -> run.start().deliverAll().stop()))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(postgres.rows("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'"))
                .containsExactly(before);
        assertThat(postgres.rows("SELECT count(*) FROM t WHERE name <> 'old'")).containsExactly("500");
    }
}
