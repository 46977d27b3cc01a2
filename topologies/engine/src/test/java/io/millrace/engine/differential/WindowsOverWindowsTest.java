package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Documents;
import io.millrace.engine.plan.PlanTopology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that come when their windows close are rows of a stream, whose event time is the window's. */
final class WindowsOverWindowsTest {

    private static final int ROWS = 150;
    private static final long DELAY_MS = 20_000;
    private static final String DOCUMENT = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: d}
            spec:
              sources:
                s: {connector: topic, columns: "k STRING NOT NULL, n INT NOT NULL, ts TIMESTAMP NOT NULL"}
              event_time: {s: {column: ts, delay: 20 SECONDS}}
              emit: {%s}
              steps:
                a: |
                  %s
                b: |
                  %s
              sinks: {b: {from: b, connector: topic}}
            """;

    /** A shape of windows: how SQL writes it, and the windows of a time. */
    private enum Shape {
        TUMBLE,
        HOP,
        CUMULATE,
        SESSION;

        String of(String relation, String time, long sizeMs, long stepMs) {
            String size = "INTERVAL '" + sizeMs / 1000 + "' SECOND(4)";
            String step = "INTERVAL '" + stepMs / 1000 + "' SECOND(4)";
            return switch (this) {
                case TUMBLE -> "TABLE(TUMBLE(TABLE %s, DESCRIPTOR(%s), %s))".formatted(relation, time, size);
                case SESSION ->
                    "TABLE(SESSION(TABLE %s PARTITION BY k, DESCRIPTOR(%s), %s))".formatted(relation, time, step);
                default -> "TABLE(%s(TABLE %s, DESCRIPTOR(%s), %s, %s))".formatted(name(), relation, time, step, size);
            };
        }

        List<long[]> windows(long timeMs, long sizeMs, long stepMs) {
            List<long[]> windows = new ArrayList<>();
            switch (this) {
                case TUMBLE -> windows.add(new long[] {timeMs / sizeMs * sizeMs, timeMs / sizeMs * sizeMs + sizeMs});
                case HOP -> {
                    for (long start = timeMs / stepMs * stepMs; start > timeMs - sizeMs; start -= stepMs) {
                        windows.add(new long[] {start, start + sizeMs});
                    }
                }
                default -> {
                    long start = timeMs / sizeMs * sizeMs;
                    for (long end = start + stepMs; end <= start + sizeMs; end += stepMs) {
                        if (end > timeMs) {
                            windows.add(new long[] {start, end});
                        }
                    }
                }
            }
            return windows;
        }
    }

    /** One way to write windows over windows. */
    private record Case(Shape inner, Shape outer, String time, boolean isOnClose, long seed) {

        long innerSize() {
            return inner == Shape.TUMBLE && seed % 2 == 0 ? 7_000 : 10_000;
        }

        long outerSize() {
            return seed % 2 == 0 ? 30_000 : 20_000;
        }

        String document() {
            String first =
                    "SELECT k, window_start AS a_start, window_end AS a_end, window_time AS a_time, SUM(n) AS total FROM "
                            + inner.of("s", "ts", innerSize(), 5_000)
                            + " GROUP BY k, window_start, window_end, window_time";
            String second = "SELECT k, window_start, window_end, SUM(total) AS total, COUNT(*) AS c FROM "
                    + outer.of("a", time, outerSize(), 10_000) + " GROUP BY k, window_start, window_end";
            return DOCUMENT.formatted(isOnClose ? "a: on_close, b: on_close" : "a: on_close", first, second);
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        long seed = 0;
        for (Shape inner : Shape.values()) {
            for (Shape outer : List.of(Shape.TUMBLE, Shape.HOP, Shape.CUMULATE)) {
                cases.add(new Case(inner, outer, seed % 4 < 2 ? "a_time" : "a_end", seed % 3 > 0, seed));
                seed++;
            }
        }
        return cases.stream();
    }

    private record Row(String k, int n, long ts) {}

    private static List<Row> rows(Random random) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            long ts = random.nextInt(4) == 0 ? 1000L * random.nextInt(200) : random.nextInt(200_000);
            rows.add(new Row("k" + random.nextInt(3), random.nextInt(100), ts));
        }
        return rows;
    }

    /** In some order in which none is later than the delay, and behind them one that closes all their windows. */
    private static List<Input> arrival(List<Row> rows, Random random) {
        record Arrival(long atMs, Row row) {}
        List<Input> inputs = new ArrayList<>(rows.stream()
                .map(row -> new Arrival(row.ts() + random.nextInt((int) DELAY_MS), row))
                .sorted(Comparator.comparing(Arrival::atMs))
                .map(arrival -> Input.row(
                        "s", arrival.row().k(), arrival.row().n(), arrival.row().ts()))
                .toList());
        inputs.add(Input.row("s", "last", 0, 9_000_000L));
        inputs.add(Input.row("s", "last", 0, 19_000_000L));
        return inputs;
    }

    /** What the two queries amount to over all rows at once. */
    private static List<String> batch(Case of, List<Row> rows) {
        Map<String, long[]> inner = new TreeMap<>();
        if (of.inner() == Shape.SESSION) {
            List<Row> sorted = new ArrayList<>(rows);
            sorted.sort(Comparator.comparing(Row::k).thenComparing(Row::ts));
            long start = 0;
            for (int i = 0; i < sorted.size(); i++) {
                Row row = sorted.get(i);
                boolean isNew = i == 0
                        || !sorted.get(i - 1).k().equals(row.k())
                        || row.ts() - sorted.get(i - 1).ts() > 5_000;
                start = isNew ? row.ts() : start;
                long[] session = inner.computeIfAbsent(row.k() + "|" + start, unused -> new long[2]);
                session[0] = row.ts() + 5_000;
                session[1] += row.n();
            }
        } else {
            for (Row row : rows) {
                for (long[] window : of.inner().windows(row.ts(), of.innerSize(), 5_000)) {
                    long[] sum =
                            inner.computeIfAbsent(row.k() + "|" + window[0] + "|" + window[1], unused -> new long[2]);
                    sum[0] = window[1];
                    sum[1] += row.n();
                }
            }
        }
        Map<String, long[]> outer = new TreeMap<>();
        inner.forEach((key, sum) -> {
            long time = of.time().equals("a_end") ? sum[0] : sum[0] - 1;
            for (long[] window : of.outer().windows(time, of.outerSize(), 10_000)) {
                long[] totals = outer.computeIfAbsent(
                        key.substring(0, 2) + "|" + window[0] + "|" + window[1], unused -> new long[2]);
                totals[0] += sum[1];
                totals[1]++;
            }
        });
        List<String> lines = new ArrayList<>();
        outer.forEach((key, totals) -> lines.add(key + "|" + totals[0] + "|" + totals[1]));
        Collections.sort(lines);
        return lines;
    }

    private static SqlRun planned(String document) throws Exception {
        return SqlRun.of(Documents.read("test", document).pipelines().get(0));
    }

    private static List<String> finalRows(SqlRun run, List<Input> inputs, Set<Integer> restarts) {
        SqlResult result = run.run(inputs, restarts);
        assertThat(result.quarantine()).isEmpty();
        List<String> lines = new ArrayList<>();
        for (Object[] row : result.step("b").finalRows()) {
            String line = Stream.of(row)
                    .map(String::valueOf)
                    .reduce((one, other) -> one + "|" + other)
                    .orElseThrow();
            if (!line.startsWith("last")) {
                lines.add(line);
            }
        }
        Collections.sort(lines);
        return lines;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGiveWhatABatchGivesInAnyOrderAndRestartedAnywhere(Case of) throws Exception {
        // Given
        Random random = StatefulQueries.random(of.seed());
        List<Row> rows = rows(random);
        SqlRun run = planned(of.document());
        List<String> expected = batch(of, rows);
        RetainedStores stores = new RetainedStores();
        SqlRun restarted = run.with((plan, registry) -> PlanTopology.build(plan, registry, stores::keyValue));
        Set<Integer> restarts = new TreeSet<>();
        while (restarts.size() < 6) {
            restarts.add(1 + random.nextInt(ROWS));
        }

        // Then
        assertThat(expected).hasSizeGreaterThan(5);
        assertThat(finalRows(run, arrival(rows, random), Set.of())).isEqualTo(expected);
        assertThat(finalRows(run, arrival(rows, random), Set.of())).isEqualTo(expected);
        assertThat(finalRows(restarted, arrival(rows, random), restarts)).isEqualTo(expected);
    }

    private static final String JOINED = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: d}
            spec:
              sources:
                s: {connector: topic, columns: "k STRING NOT NULL, n INT NOT NULL, ts TIMESTAMP NOT NULL"}
              event_time: {s: {column: ts, delay: 20 SECONDS}}
              emit: {%s}
              steps:
                odd: SELECT k, n, ts FROM s WHERE MOD(n, 2) = 1 OR k = 'last'
                even: SELECT k, n, ts FROM s WHERE MOD(n, 4) < 3
                x: SELECT k, window_start AS ws, window_end AS we, SUM(n) AS total FROM %s GROUP BY k, window_start, window_end
                y: SELECT k, window_start AS ws, window_end AS we, COUNT(*) AS c FROM %s GROUP BY k, window_start, window_end
                b: SELECT x.k, x.ws, x.we, x.total, y.c FROM x %s y ON x.ws = y.ws AND x.we = y.we AND x.k = y.k
              sinks: {b: {from: b, connector: topic}}
            """;

    @ParameterizedTest
    @CsvSource({
        "TUMBLE, JOIN",
        "TUMBLE, LEFT JOIN",
        "HOP, LEFT JOIN",
        "CUMULATE, JOIN",
        "CUMULATE, LEFT JOIN",
        "SESSION, LEFT JOIN"
    })
    void shouldJoinWindowsThatHaveClosedAsThoseThatChange(Shape shape, String type) throws Exception {
        // Given
        Random random = StatefulQueries.random(41);
        List<Row> rows = rows(random);
        String left = shape.of("odd", "ts", 10_000, 5_000);
        String right = shape.of("even", "ts", 10_000, 5_000);

        // When
        SqlRun onChange = planned(JOINED.formatted("", left, right, type));
        SqlRun onClose = planned(JOINED.formatted("x: on_close, y: on_close", left, right, type));

        // Then
        assertThat(finalRows(onClose, arrival(rows, random), Set.of()))
                .hasSizeGreaterThan(4)
                .isEqualTo(finalRows(onChange, arrival(rows, random), Set.of()));
    }

    private static List<String> run(String emit, String first, String second, Input... inputs) throws Exception {
        SqlResult result = planned(DOCUMENT.formatted(emit, first, second)).run(List.of(inputs));
        assertThat(result.quarantine()).isEmpty();
        SqlResult.StepRecords step = result.step("b");
        return step.records().stream().map(record -> step.show(record.value())).toList();
    }

    private static Input s(String k, int n, long second) {
        return Input.row("s", k, n, 1000 * second);
    }

    private static final String PER_TEN =
            "SELECT k, window_start AS a_start, window_end AS a_end, window_time AS a_time,"
                    + " SUM(n) AS total FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                    + " GROUP BY k, window_start, window_end, window_time";

    @Test
    void shouldWaitForASessionThatEndsWhereEventTimeStands() throws Exception {
        assertThat(run(
                        "a: on_close, b: on_close",
                        "SELECT k, window_start AS a_start, window_end AS a_end, window_time AS a_time, SUM(n) AS total FROM"
                                + " TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND))"
                                + " GROUP BY k, window_start, window_end, window_time",
                        "SELECT window_end, SUM(total) AS t FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(a_time), INTERVAL '5' SECOND))"
                                + " GROUP BY window_start, window_end",
                        s("a", 1, 0),
                        s("b", 2, 25),
                        s("b", 4, 90),
                        s("b", 8, 190)))
                .containsExactly(
                        "{\"window_end\": \"1970-01-01T00:00:05\", \"t\": 1}",
                        "{\"window_end\": \"1970-01-01T00:00:30\", \"t\": 2}");
    }

    @Test
    void shouldJoinWithinATimeAndLookBackOver() throws Exception {
        Input[] inputs = {s("a", 1, 1), s("a", 2, 11), s("a", 4, 39), s("a", 8, 99), s("a", 9, 300)};
        assertThat(run(
                        "a: on_close",
                        PER_TEN,
                        "SELECT x.a_end AS e, x.total AS t, y.total AS u FROM a AS x JOIN a AS y ON x.k = y.k"
                                + " AND y.a_time BETWEEN x.a_time + INTERVAL '1' SECOND AND x.a_time + INTERVAL '20' SECOND",
                        inputs))
                .containsExactly(
                        "{\"e\": \"1970-01-01T00:00:10\", \"t\": 1, \"u\": 2}",
                        "{\"e\": \"1970-01-01T00:00:20\", \"t\": 2, \"u\": 4}");
        assertThat(run(
                        "a: on_close",
                        PER_TEN,
                        "SELECT a_end, total - LAG(total) OVER (PARTITION BY k ORDER BY a_time) AS more FROM a",
                        inputs))
                .startsWith(
                        "{\"a_end\": \"1970-01-01T00:00:10\", \"more\": null}",
                        "{\"a_end\": \"1970-01-01T00:00:20\", \"more\": 1}",
                        "{\"a_end\": \"1970-01-01T00:00:40\", \"more\": 2}");
    }

    @Test
    void shouldTakeTheFirstByTheTimeOfTheRowsAndNotOfTheirWindow() throws Exception {
        Input[] inputs = {s("a", 1, 4), s("a", 2, 2), s("a", 4, 12), s("a", 9, 300), s("a", 9, 600)};
        assertThat(run(
                        "b: on_close",
                        "SELECT window_time AS a_time, window_end AS a_end, n, ts FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))",
                        "SELECT window_end, FIRST_VALUE(n) AS f, LAST_VALUE(n) AS l FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                                + " GROUP BY window_start, window_end",
                        inputs))
                .startsWith("{\"window_end\": \"1970-01-01T00:00:10\", \"f\": 2, \"l\": 1}");
        assertThat(run(
                        "a: on_close, b: on_close",
                        PER_TEN,
                        "SELECT window_end, FIRST_VALUE(total) AS f, LAST_VALUE(total) AS l FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(a_time), INTERVAL '1' MINUTE))"
                                + " GROUP BY window_start, window_end",
                        inputs))
                .startsWith("{\"window_end\": \"1970-01-01T00:01\", \"f\": 3, \"l\": 4}");
    }

    @Test
    void shouldRefuseWhatWouldBeLate() {
        String over =
                "SELECT window_end, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE a, DESCRIPTOR(%s), INTERVAL '1' MINUTE))"
                        + " GROUP BY window_start, window_end";
        assertThatThrownBy(() -> run("", PER_TEN, over.formatted("a_time")))
                .hasMessageContaining("'a_time' is of results that change until their own window closes")
                .hasMessageContaining("emit: {STEP: on_close}");
        assertThatThrownBy(() -> run("a: on_close", PER_TEN, over.formatted("a_start")))
                .hasMessageContaining("'a_start' is not one")
                .hasMessageContaining("DESCRIPTOR(a_");
        assertThatThrownBy(() -> run(
                        "a: on_close", PER_TEN.replaceAll(" AS a_(start|end|time)", ""), over.formatted("window_time")))
                .hasMessageContaining("ambiguous");
        assertThatThrownBy(() -> run(
                        "a: on_close",
                        "SELECT ts, window_end AS a_end, COUNT(*) AS total FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                                + " GROUP BY ts, window_end",
                        over.formatted("ts")))
                .hasMessageContaining("DESCRIPTOR(a_end) is");
    }
}
