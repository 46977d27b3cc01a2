package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.TestDatabase;
import io.millrace.connect.jdbc.TestMariaDb;
import io.millrace.connect.jdbc.TestPostgres;
import io.millrace.connect.jdbc.TestSqlite;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Columns of all types, read as what they are found out to be. */
@Timeout(120)
final class OtherTypesIT {

    private static List<Object> row(TestDatabase database, String... more) {
        SourceRun run = new SourceRun(
                database.config("table", "a", "topic", "t", "run.mode", "once", "dead.letter.topic", "dead"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        run.read();
        assertThat(run.of("dead")).as("dead letters").isEmpty();
        Struct value = (Struct) run.records.get(0).value();
        List<Object> values = new ArrayList<>();
        for (Field field : value.schema().fields()) {
            values.add(value.get(field) instanceof java.util.Date date ? date.toInstant() : value.get(field));
        }
        return values;
    }

    private static List<String> reasons(TestDatabase database) {
        SourceRun run = new SourceRun(
                database.config("table", "a", "topic", "t", "run.mode", "once", "dead.letter.topic", "dead"));
        return run.read().of("dead").stream()
                .map(letter -> ((Struct) letter.value()).getString("reason"))
                .toList();
    }

    @Test
    void shouldReadWhatPostgresHas() {
        try (TestDatabase database = new TestPostgres()) {
            database.run(
                    "CREATE TABLE a (id int PRIMARY KEY, n numeric, m money, b bit(3), iv interval, tz timetz, i inet, ia int[], r int4range,"
                            + " x xml, o oid, c \"char\", big numeric(1000, 500), ts tsvector)",
                    "INSERT INTO a VALUES (1, 12345678901234567890.00010, 12.5, B'101', '1 day 02:00', '10:00+02', '10.0.0.1/8', '{1,NULL,3}',"
                            + " '[1,5)', '<a/>', 7, 'q', 0.5, 'fat cat')");
            assertThat(row(database))
                    .containsExactly(
                            1,
                            "12345678901234567890.00010",
                            "$12.50",
                            "101",
                            "1 day 02:00:00",
                            "10:00:00+02",
                            "10.0.0.1/8",
                            "{1,NULL,3}",
                            "[1,5)",
                            "<a/>",
                            "7",
                            "q",
                            new BigDecimal("0.5").setScale(500),
                            "'cat' 'fat'");
            database.empty();
            database.run("CREATE TABLE a (n numeric(9, 2), f numeric)", "INSERT INTO a VALUES (1.25, 0.1)");
            assertThat(row(database, "decimal.mapping", "double")).containsExactly(1.25, 0.1);
            assertThat(row(database, "decimal.mapping", "string")).containsExactly("1.25", "0.1");
            database.empty();
            database.run(
                    "CREATE TABLE a (id int PRIMARY KEY, t text, y bytea)",
                    "INSERT INTO a VALUES (1, repeat('x', 20000000), null), (2, null, decode(repeat('00', 20000000), 'hex')), (3, 'x', '\\x01')");
            assertThat(reasons(database))
                    .containsExactly(
                            "column 't': 20000000 bytes, and cell.max.bytes is 16777216",
                            "column 'y': 20000000 bytes, and cell.max.bytes is 16777216");
        }
    }

    @Test
    void shouldReadWhatMariaDbHas() {
        try (TestDatabase database = new TestMariaDb()) {
            database.run(
                    "CREATE TABLE a (id int PRIMARY KEY, t1 tinyint, u1 tinyint unsigned, u2 smallint unsigned, m mediumint, u4 int unsigned,"
                            + " u8 bigint unsigned, d decimal(65, 30), f float, g double, b bit(1), bs bit(9), y year, da date,"
                            + " ti time(6), dt datetime(6), ts timestamp(6), c char(5), v varchar(9), tx longtext, bi binary(2),"
                            + " bl longblob, e enum('x', 'y'), s set('x', 'y'), j json, u uuid)",
                    "INSERT INTO a VALUES (1, -128, 255, 65535, -8388608, 4294967295, 18446744073709551615,"
                            + " 12345678901234567890123456789012345.000000000000000000000000000001, 0.5, 0.1, b'1', b'100000001', 2024,"
                            + " '2024-02-29', '23:59:59.999999', '2024-02-29 12:30:00.123456', '2024-02-29 12:30:00.123456', 'ab', 'ä', 'x',"
                            + " x'0102', x'ff', 'y', 'x,y', '{\"a\": 1}', '00000000-0000-0000-0000-000000000001')");
            Instant moment = Instant.parse("2024-02-29T12:30:00.123Z");
            assertThat(row(database))
                    .containsExactly(
                            1,
                            (byte) -128,
                            (short) 255,
                            65535,
                            -8388608,
                            4294967295L,
                            new BigDecimal("18446744073709551615"),
                            new BigDecimal("12345678901234567890123456789012345.000000000000000000000000000001"),
                            0.5f,
                            0.1,
                            true,
                            ByteBuffer.wrap(new byte[] {1, 1}),
                            (short) 2024,
                            Instant.parse("2024-02-29T00:00:00Z"),
                            Instant.parse("1970-01-01T23:59:59.999Z"),
                            moment,
                            moment,
                            "ab",
                            "ä",
                            "x",
                            ByteBuffer.wrap(new byte[] {1, 2}),
                            ByteBuffer.wrap(new byte[] {-1}),
                            "y",
                            "x,y",
                            "{\"a\": 1}",
                            "00000000-0000-0000-0000-000000000001");
            database.empty();
            database.run("SET SESSION sql_mode = ''; CREATE TABLE a (id int PRIMARY KEY, d date, t datetime, h time);"
                    + " INSERT INTO a VALUES (1, '0000-00-00', null, null), (2, null, '2024-00-10 00:00:00', null),"
                    + " (3, null, null, '-01:00:00'), (4, null, null, null)");
            assertThat(reasons(database))
                    .containsExactly(
                            "column 'd': '0000-00-00' does not fit DATE",
                            "column 't': '2024-00-10 00:00:00' does not fit TIMESTAMP",
                            "column 'h': '-01:00:00' does not fit TIME");
        }
    }

    @Test
    void shouldReadWhatSqliteHas() {
        try (TestDatabase database = new TestSqlite()) {
            database.run(
                    "CREATE TABLE a (id integer PRIMARY KEY, b boolean, r real, n decimal(9, 2), m numeric, t text, y blob, d date, ti time, ts"
                            + " timestamp, untyped)",
                    "INSERT INTO a VALUES (1, 1, 0.1, 1.25, 0.1, 'ä', x'00ff', '2024-02-29', '12:30', '2024-02-29T12:30:00.5Z', 7)");
            assertThat(row(database))
                    .containsExactly(
                            1L,
                            true,
                            0.1,
                            new BigDecimal("1.25"),
                            "0.1",
                            "ä",
                            ByteBuffer.wrap(new byte[] {0, -1}),
                            Instant.parse("2024-02-29T00:00:00Z"),
                            Instant.parse("1970-01-01T12:30:00Z"),
                            Instant.parse("2024-02-29T12:30:00.500Z"),
                            "7");
            database.empty();
            database.run(
                    "CREATE TABLE a (id integer PRIMARY KEY, n int, d date)",
                    "INSERT INTO a VALUES (1, 'seven', null), (2, null, 1709164800000), (3, 7, null)");
            assertThat(reasons(database))
                    .containsExactly(
                            "column 'n': 'seven' does not fit BIGINT", "column 'd': '1709164800000' does not fit DATE");
        }
    }
}
