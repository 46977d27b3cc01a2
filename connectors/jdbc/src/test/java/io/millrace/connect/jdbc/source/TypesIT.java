package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.TestPostgres;
import io.millrace.connect.jdbc.sink.SinkRun;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Values from a table to a topic to another table and back, in a JVM whose zone is not UTC and has summer time. */
@Timeout(120)
final class TypesIT {

    private static final String ALL =
            "id INT NOT NULL, b BOOLEAN, i1 TINYINT, i2 SMALLINT, i4 INT, i8 BIGINT, f4 REAL, f8 DOUBLE,"
                    + " n DECIMAL(38, 10), s STRING, y BYTES, d DATE, t TIME, ts TIMESTAMP";

    private static final TimeZone ZONE = TimeZone.getDefault();
    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stop() {
        postgres.close();
        TimeZone.setDefault(ZONE);
    }

    @BeforeEach
    void empty() {
        postgres.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    private static SourceRun read(String table, String... more) {
        SourceRun run = new SourceRun(postgres.config("table", table, "topic", "t", "run.mode", "once"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run.read();
    }

    private static void write(List<SourceRecord> rows, String table, String... more) {
        SinkRun run = new SinkRun(postgres.config("table", table));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        rows.forEach(row -> run.send(row.keySchema(), row.key(), row.valueSchema(), row.value()));
        run.start().deliverAll().stop();
    }

    private static void makeTable(String name) {
        postgres.run(
                "CREATE TABLE " + name
                        + " (id integer PRIMARY KEY, b boolean, i1 smallint, i2 smallint, i4 integer, i8 bigint,"
                        + " f4 real, f8 double precision, n numeric(38, 10), s text, y bytea, d date, t time(3), ts timestamp(3))");
    }

    @Test
    void shouldBringEveryTypeThereAndBack() {
        makeTable("a");
        postgres.run(
                "INSERT INTO a VALUES (1, true, 127, 32767, 2147483647, 9223372036854775807, 0.1, 0.1,"
                        + " 9999999999999999999999999999.0123456789, 'ä\"\\''x\n', '\\x00ff', '2024-02-29', '23:59:59.999', '2024-03-10 02:30:00.123')",
                "INSERT INTO a VALUES (2, false, -128, -32768, -2147483648, -9223372036854775808, 'NaN', '-Infinity',"
                        + " -0.0000000001, '', '', '0001-01-01', '00:00', '1582-10-10 00:00:00')",
                "INSERT INTO a VALUES (3)",
                "INSERT INTO a VALUES (4, true, 0, 0, 0, 0, 3.4028235e38, 1.7976931348623157e308, 0, 'z', '\\x01', '9999-12-31', '12:00', '9999-12-31 23:59:59.999')",
                "INSERT INTO a VALUES (5, true, 0, 0, 0, 0, 1e-45, 5e-324, 0, 'z', '\\x01', '1900-01-01', '12:00', '2024-11-03 01:30:00')");
        SourceRun first = read("a", "columns", ALL, "key.columns", "id");
        assertThat(first.records).hasSize(5);
        assertThat(first.values("i1")).containsExactly((byte) 127, (byte) -128, null, (byte) 0, (byte) 0);
        assertThat(first.values("ts").get(0)).isEqualTo(java.util.Date.from(Instant.parse("2024-03-10T02:30:00.123Z")));
        assertThat(first.values("d").get(0)).isEqualTo(java.util.Date.from(Instant.parse("2024-02-29T00:00:00Z")));
        assertThat(first.values("n").get(1)).isEqualTo(new BigDecimal("-0.0000000001"));
        write(first.records, "b", "mode", "upsert");
        assertThat(postgres.rows("SELECT * FROM b ORDER BY id"))
                .isEqualTo(postgres.rows("SELECT * FROM a ORDER BY id"));
        SourceRun second = read("b", "columns", ALL, "key.columns", "id");
        assertThat(second.records.stream().map(SourceRecord::value).toList())
                .isEqualTo(first.records.stream().map(SourceRecord::value).toList());
        assertThat(
                        postgres.rows(
                                "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = 'b'::regclass AND attnum > 0 ORDER BY attnum"))
                .containsExactly(
                        "integer",
                        "boolean",
                        "smallint",
                        "smallint",
                        "integer",
                        "bigint",
                        "real",
                        "double precision",
                        "numeric(38,10)",
                        "text",
                        "bytea",
                        "date",
                        "time(3) without time zone",
                        "timestamp(3) without time zone");
    }

    @Test
    void shouldFindOutTheTypesOfATable() {
        postgres.run(
                "CREATE TYPE \"Mood\" AS ENUM ('sad', 'glad')",
                "CREATE DOMAIN cents AS bigint CHECK (VALUE >= 0)",
                "CREATE DOMAIN price AS numeric(9, 2)",
                "CREATE TABLE a (id bigserial PRIMARY KEY, b boolean NOT NULL, i2 smallint, i4 integer, f4 real, f8 float, n numeric(5, 2),"
                        + " v varchar(10), c char(4), y bytea, d date, t time, ts timestamp, tz timestamptz, u uuid, j jsonb, m \"Mood\", k cents, p price)",
                "INSERT INTO a VALUES (DEFAULT, true, 1, 2, 0.5, 0.25, 1.5, 'v', 'c', '\\x01', '2020-01-02', '01:02:03.123456', '2020-07-01 00:00:00.5',"
                        + " '2020-07-01 00:00:00+02', '00000000-0000-0000-0000-000000000001', '{\"a\": 1}', 'glad', 5, 1.25)");
        SourceRun run = read("a");
        assertThat(run.records).hasSize(1);
        assertThat(run.records.get(0).value().toString())
                .isEqualTo(new Struct(run.records.get(0).valueSchema())
                        .put("id", 1L)
                        .put("b", true)
                        .put("i2", (short) 1)
                        .put("i4", 2)
                        .put("f4", 0.5f)
                        .put("f8", 0.25)
                        .put("n", new BigDecimal("1.50"))
                        .put("v", "v")
                        .put("c", "c   ")
                        .put("y", java.nio.ByteBuffer.wrap(new byte[] {1}))
                        .put("d", java.util.Date.from(Instant.parse("2020-01-02T00:00:00Z")))
                        .put("t", java.util.Date.from(Instant.parse("1970-01-01T01:02:03.123Z")))
                        .put("ts", java.util.Date.from(Instant.parse("2020-07-01T00:00:00.5Z")))
                        .put("tz", java.util.Date.from(Instant.parse("2020-06-30T22:00:00Z")))
                        .put("u", "00000000-0000-0000-0000-000000000001")
                        .put("j", "{\"a\": 1}")
                        .put("m", "glad")
                        .put("k", 5L)
                        .put("p", new BigDecimal("1.25"))
                        .toString());
        Schema schema = run.records.get(0).valueSchema();
        assertThat(schema.field("id").schema().isOptional()).isFalse();
        assertThat(schema.field("i2").schema().isOptional()).isTrue();
        assertThat(schema.field("n").schema().parameters()).containsEntry("connect.decimal.precision", "5");
        postgres.run("CREATE TABLE b (LIKE a INCLUDING ALL)");
        List<SourceRecord> rows = new ArrayList<>(run.records);
        postgres.run(
                "INSERT INTO a(b) SELECT true FROM generate_series(1, 9)",
                "INSERT INTO a(b, u, m) VALUES (true, '00000000-0000-0000-0000-000000000002', 'sad')");
        rows.addAll(read("a").records.subList(1, 11));
        write(rows, "b");
        assertThat(postgres.rows("SELECT id, b, u, m, j, tz, k, p FROM b ORDER BY id"))
                .isEqualTo(postgres.rows("SELECT id, b, u, m, j, tz, k, p FROM a ORDER BY id"));
    }

    @Test
    void shouldPageByKeysOfEveryType() {
        for (String key : List.of(
                "g::smallint",
                "g::bigint",
                "(g / 7.0)::numeric",
                "(g / 7.0)::float8",
                "(g / 7.0)::real",
                "'k' || g",
                "('k' || g)::varchar(9)",
                "('k' || g)::char(9)",
                "date '2020-01-01' + g",
                "timestamp '2020-03-08 01:59:59.999998' + g * interval '1 microsecond'",
                "timestamptz '2020-03-08 01:59:59.999998' + g * interval '1 microsecond'",
                "time '00:00:00.000001' * g",
                "gen_random_uuid()",
                "int8send(g)",
                "interval '1 second' * g",
                "('10.0.0.' || g)::inet")) {
            empty();
            String expression = key.startsWith("time '") ? "(time '00:00' + g * interval '1 microsecond')" : key;
            postgres.run(
                    "CREATE TABLE a AS SELECT " + expression + " AS k, g AS n FROM generate_series(1, 12) g",
                    "ALTER TABLE a ADD PRIMARY KEY (k)");
            SourceRun run = new SourceRun(postgres.config(
                            "table", "a", "topic", "t", "run.mode", "once", "columns", "n INT", "batch.size", "5"))
                    .readWithStops();
            assertThat(run.values("n"))
                    .as(key)
                    .isEqualTo(postgres.rows("SELECT n FROM a ORDER BY k").stream()
                            .map(Integer::valueOf)
                            .toList());
        }
    }

    @Test
    void shouldSendValuesThatHaveNoCounterpartToTheDeadLetters() {
        postgres.run(
                "CREATE TABLE a (id int PRIMARY KEY, d date, t time, ts timestamp, tz timestamptz, n numeric(5, 1), f float8)",
                "INSERT INTO a(id, d) VALUES (1, 'infinity')",
                "INSERT INTO a(id, t) VALUES (2, '24:00')",
                "INSERT INTO a(id, ts) VALUES (3, '-infinity')",
                "INSERT INTO a(id, tz) VALUES (4, 'infinity')",
                "INSERT INTO a(id, n) VALUES (5, 'NaN')",
                "INSERT INTO a(id, f) VALUES (6, 0.1)",
                "INSERT INTO a(id) VALUES (7)");
        SourceRun run = read(
                "a",
                "columns",
                "id INT, d DATE, t TIME, ts TIMESTAMP, tz TIMESTAMP, n DECIMAL(5,1), f REAL",
                "dead.letter.topic",
                "dead");
        assertThat(run.of("dead").stream().map(letter -> ((Struct) letter.value()).getString("reason")))
                .containsExactly(
                        "column 'd': 'infinity' does not fit DATE",
                        "column 't': '24:00:00' does not fit TIME",
                        "column 'ts': '-infinity' does not fit TIMESTAMP",
                        "column 'tz': 'infinity' does not fit TIMESTAMP",
                        "column 'n': 'NaN' does not fit DECIMAL(5, 1)",
                        "column 'f': '0.1' does not fit REAL");
        assertThat(run.values("id")).containsExactly(7);
    }

    @Test
    void shouldWriteUnsignedBytesAndWholeNumbersIntoWiderColumns() {
        Schema schema = SchemaBuilder.struct()
                .field("i1", Schema.OPTIONAL_INT8_SCHEMA)
                .field("i8", Schema.INT64_SCHEMA)
                .field("f4", Schema.FLOAT32_SCHEMA)
                .build();
        postgres.run("CREATE TABLE w (i1 bigint, \"I8\" numeric, f4 double precision)");
        SinkRun run = new SinkRun(postgres.config("table", "w"));
        run.send(
                null,
                null,
                schema,
                new Struct(schema).put("i1", (byte) -1).put("i8", 5L).put("f4", 0.5f));
        run.send(
                null, null, schema, new Struct(schema).put("i8", Long.MAX_VALUE).put("f4", 0.25f));
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT * FROM w")).containsExactly("-1|5|0.5", "null|9223372036854775807|0.25");
    }
}
