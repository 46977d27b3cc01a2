package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.TestPostgres;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A condition is true in the database exactly when it is true of the row on the topic. */
@Timeout(120)
final class SourceConditionIT {

    private static final String COLUMNS =
            "id BIGINT NOT NULL, n INT, s STRING, ci STRING, u STRING, b BOOLEAN, ts TIMESTAMP,"
                    + " at TIMESTAMP, day DATE, d DECIMAL(9, 2)";

    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void fill() {
        postgres.run(
                "DROP SCHEMA public CASCADE",
                "CREATE SCHEMA public",
                "CREATE TYPE mood AS ENUM ('Sad', 'ok')",
                "CREATE TABLE a (id bigint PRIMARY KEY, n int, s text, ci mood, u uuid, b boolean, ts timestamp, at timestamptz,"
                        + " day date, d numeric(9, 2), unread int)",
                "INSERT INTO a VALUES (1, 1, 'a', 'Sad', '00000000-0000-0000-0000-00000000000a', true,"
                        + " '2024-02-29 12:30:00', '2024-02-29 12:30:00+00', '2024-02-29', 1.50, 7)",
                "INSERT INTO a VALUES (2, 2, 'A', 'ok', null, false,"
                        + " '2024-02-29 12:30:00.000400', '2024-02-29 13:30:00.0009+01', '2024-03-01', 2, 8)",
                "INSERT INTO a VALUES (3, -1, 'a\\b''c', null, null, null,"
                        + " '2024-02-29 12:29:59.9999', '2024-02-29 12:30:00.001+00', '1969-12-31', -1, 7)",
                "INSERT INTO a VALUES (4, null, '', null, null, null, null, null, null, null, null)",
                "INSERT INTO a VALUES (5, 5, null, null, null, true, '1969-12-31 23:59:59.9995', '1969-12-31 23:59:59.9995+00',"
                        + " null, 0.01, 7)");
    }

    private static SourceRun source(String... more) {
        SourceRun run = new SourceRun(postgres.config("table", "a", "topic", "t", "poll.interval.ms", "1"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    private static boolean isTime(Struct row, String column, Predicate<Instant> test) {
        return is(row, column, value -> test.test(((java.util.Date) value).toInstant()));
    }

    private static boolean is(Struct row, String column, Predicate<Object> test) {
        return row.get(column) != null && test.test(row.get(column));
    }

    @Test
    void shouldReadExactlyTheRowsOfWhichTheConditionIsTrue() {
        // Given
        List<Struct> all = source("columns", COLUMNS).read().records.stream()
                .map(record -> (Struct) record.value())
                .toList();
        Instant half = Instant.parse("2024-02-29T12:30:00Z");
        Map<String, Predicate<Struct>> conditions = new LinkedHashMap<>();
        conditions.put("n > 1", row -> is(row, "n", n -> (Integer) n > 1));
        conditions.put("NOT (n > 1)", row -> is(row, "n", n -> (Integer) n <= 1));
        conditions.put(
                "n IS NULL OR n = -1",
                row -> row.get("n") == null || row.get("n").equals(-1));
        conditions.put(
                "n NOT IN (1, 2)", row -> is(row, "n", n -> !List.of(1, 2).contains(n)));
        conditions.put("s = 'a'", row -> is(row, "s", "a"::equals));
        conditions.put("s <> 'a'", row -> is(row, "s", s -> !s.equals("a")));
        conditions.put("s IN ('a\\b''c', '')", row -> is(row, "s", s -> s.equals("a\\b'c") || s.equals("")));
        conditions.put("ci = 'Sad'", row -> is(row, "ci", "Sad"::equals));
        conditions.put("ci <> 'Sad'", row -> is(row, "ci", "ok"::equals));
        conditions.put(
                "u = '00000000-0000-0000-0000-00000000000a'",
                row -> is(row, "u", "00000000-0000-0000-0000-00000000000a"::equals));
        conditions.put("u = '00000000-0000-0000-0000-00000000000A'", row -> false);
        conditions.put("b = TRUE", row -> is(row, "b", Boolean.TRUE::equals));
        conditions.put("b <> TRUE", row -> is(row, "b", Boolean.FALSE::equals));
        for (String column : List.of("ts", "at")) {
            String literal = " TIMESTAMP '2024-02-29 12:30:00'";
            conditions.put(column + " =" + literal, row -> isTime(row, column, half::equals));
            conditions.put(column + " <>" + literal, row -> isTime(row, column, time -> !time.equals(half)));
            conditions.put(column + " <" + literal, row -> isTime(row, column, time -> time.isBefore(half)));
            conditions.put(column + " <=" + literal, row -> isTime(row, column, time -> !time.isAfter(half)));
            conditions.put(column + " >" + literal, row -> isTime(row, column, time -> time.isAfter(half)));
            conditions.put(column + " >=" + literal, row -> isTime(row, column, time -> !time.isBefore(half)));
            conditions.put(
                    column + " = TIMESTAMP '1969-12-31 23:59:59.999'",
                    row -> isTime(row, column, Instant.parse("1969-12-31T23:59:59.999Z")::equals));
        }
        conditions.put(
                "day <= DATE '2024-02-29'",
                row -> isTime(row, "day", day -> !day.isAfter(Instant.parse("2024-02-29T00:00:00Z"))));
        conditions.put(
                "d BETWEEN 0.01 AND 1.5",
                row -> is(
                        row,
                        "d",
                        d -> ((BigDecimal) d).signum() > 0 && ((BigDecimal) d).compareTo(new BigDecimal("1.5")) <= 0));

        conditions.forEach((condition, test) -> {
            // When
            SourceRun run = source("columns", COLUMNS, "where", condition, "batch.size", "2")
                    .read();

            // Then
            List<Object> expected = new ArrayList<>();
            all.stream().filter(test).forEach(row -> expected.add(row.get("id")));
            assertThat(run.values("id")).as(condition).isEqualTo(expected);
        });
    }

    @Test
    void shouldCompareColumnsThatRowsDoNotCarryAndGoOnBehindAStop() {
        SourceRun run = source("columns", "id BIGINT", "where", "unread = 7", "run.mode", "once", "run.id", "r")
                .readWithStops();
        assertThat(run.values("id")).isEqualTo(List.of(1L, 3L, 5L));
        SourceRun growing = source(
                        "where",
                        "unread = 7",
                        "mode",
                        "incrementing",
                        "incrementing.column",
                        "id",
                        "columns",
                        "id BIGINT")
                .read();
        assertThat(growing.values("id")).isEqualTo(List.of(1L, 3L, 5L));
        postgres.run("INSERT INTO a (id, unread) VALUES (6, 8), (7, 7)", "CREATE VIEW v AS SELECT * FROM a");
        assertThat(growing.read().values("id")).isEqualTo(List.of(1L, 3L, 5L, 7L));
        assertThat(source("table", "v", "where", "unread = 7", "columns", "id BIGINT")
                        .read()
                        .values("id"))
                .containsExactlyInAnyOrder(1L, 3L, 5L, 7L);
    }

    @Test
    void shouldNameAColumnThatIsNotThere() {
        assertThatThrownBy(() -> source("where", "nn = 1").read())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Table public.a has no column 'nn', which where names");
    }
}
