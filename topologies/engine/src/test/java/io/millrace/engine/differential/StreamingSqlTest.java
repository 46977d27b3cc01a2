package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Documents;
import io.millrace.engine.operator.RowFailedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What streams have and DuckDB does not: when rows go on, what records say of themselves, and what becomes of rows that fail. */
final class StreamingSqlTest {

    private static final String SOURCES = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: d}
            spec:
              sources:
                s: {connector: topic, columns: "k STRING NOT NULL, n INT, ts TIMESTAMP NOT NULL"}
                t: {connector: topic, columns: "id INT NOT NULL, k STRING, n BIGINT", as: table, key: id}
                u: {connector: topic, columns: "k STRING, tags ARRAY<STRING>, ts TIMESTAMP(6) NOT NULL"}
              event_time:
                s: {column: ts, delay: 2 SECONDS%s}
                u: {column: ts}
              sinks: {out: {from: r, connector: topic}}
            """;

    private static SqlResult run(String sql, String more, List<Input> inputs) throws Exception {
        return planned(sql, "", more).run(inputs);
    }

    private static SqlRun planned(String sql, String eventTime, String more) throws Exception {
        String document = SOURCES.formatted(eventTime) + more + "  steps:\n    r: |\n      " + sql + "\n";
        return SqlRun.of(Documents.read("test", document).pipelines().get(0));
    }

    private static List<String> rows(SqlResult result) {
        SqlResult.StepRecords step = result.step("r");
        return step.records().stream()
                .map(record -> record.value() == null ? "gone" : step.show(record.value()))
                .toList();
    }

    private static Input s(String k, Integer n, long second) {
        return Input.row("s", k, n, 1000 * second);
    }

    private static Input u(String k) {
        return Input.row("u", k, List.of(), 1L);
    }

    private static Input t(int id, String k, Long n) {
        return Input.row("t", id, k, n);
    }

    @Test
    void shouldGiveAWindowOnceWhenItClosesIfAskedTo() throws Exception {
        // When
        SqlResult result = run(
                "SELECT k, window_end, SUM(n) AS total FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                        + " GROUP BY k, window_end",
                "  emit: {r: on_close}\n",
                List.of(s("a", 1, 1), s("a", 2, 9), s("b", 4, 11), s("a", 8, 8), s("a", 1, 12), s("b", 1, 30)));

        // Then
        assertThat(rows(result))
                .containsExactly(
                        "{\"k\": \"a\", \"window_end\": \"1970-01-01T00:00:10\", \"total\": 11}",
                        "{\"k\": \"a\", \"window_end\": \"1970-01-01T00:00:20\", \"total\": 1}",
                        "{\"k\": \"b\", \"window_end\": \"1970-01-01T00:00:20\", \"total\": 4}");
        // The 8th second came when the 11th had closed nothing: time stood at 9, and the window ended at 10.
        assertThat(result.quarantine()).isEmpty();
    }

    @Test
    void shouldSetLateRowsAsideOrDropThem() throws Exception {
        // Given
        String sql =
                "SELECT k, window_start, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))"
                        + " GROUP BY k, window_start";
        List<Input> inputs = List.of(s("a", 1, 1), s("a", 2, 12), s("a", 3, 5));

        // When
        SqlResult aside = planned(sql, "", "").run(inputs);
        SqlResult dropped = planned(sql, ", late: drop", "").run(inputs);

        // Then
        assertThat(aside.quarantine()).extracting(SqlResult.SetAside::stage).containsExactly("late");
        assertThat(dropped.quarantine()).isEmpty();
        assertThat(rows(dropped)).isEqualTo(rows(aside)).hasSize(2);
    }

    @Test
    void shouldLookBackOverRowsInTheOrderOfTheirTime() throws Exception {
        // Given
        String sql = "SELECT n, LAG(n) OVER w AS before, LEAD(n, 1, -1) OVER w AS after, ROW_NUMBER() OVER w AS number,"
                + " SUM(n) OVER (PARTITION BY k ORDER BY ts ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS two,"
                + " MAX(n) OVER (PARTITION BY k ORDER BY ts RANGE BETWEEN INTERVAL '3' SECOND PRECEDING AND CURRENT ROW) AS high,"
                + " COUNT(*) OVER (PARTITION BY k ORDER BY ts) AS so_far FROM s WINDOW w AS (PARTITION BY k ORDER BY ts)";
        List<Input> inputs = List.of(s("a", 5, 10), s("a", 3, 11), s("a", 4, 15), s("a", 6, 15), s("a", 9, 16));
        List<String> expected = List.of(
                "{\"n\": 5, \"before\": null, \"after\": 3, \"number\": 1, \"two\": 5, \"high\": 5, \"so_far\": 1}",
                "{\"n\": 3, \"before\": 5, \"after\": 4, \"number\": 2, \"two\": 8, \"high\": 5, \"so_far\": 2}",
                "{\"n\": 4, \"before\": 3, \"after\": 6, \"number\": 3, \"two\": 7, \"high\": 6, \"so_far\": 4}",
                "{\"n\": 6, \"before\": 4, \"after\": 9, \"number\": 4, \"two\": 10, \"high\": 6, \"so_far\": 4}");

        // When
        List<Input> inOrder = new ArrayList<>(inputs);
        // Time goes on far enough for all but the last two of the rows to go on.
        inOrder.add(s("a", 0, 100));

        // Then
        List<String> first = rows(run(sql, "", inOrder));
        assertThat(first).startsWith(expected.toArray(String[]::new)).hasSize(4);
        for (int i = 0; i < 5; i++) {
            List<Input> shuffled = new ArrayList<>(inputs.subList(2, 5));
            Collections.shuffle(shuffled, new Random(i));
            List<Input> all = new ArrayList<>(inputs.subList(0, 2));
            all.addAll(shuffled);
            all.add(s("a", 0, 100));
            assertThat(rows(run(sql, "", all))).isEqualTo(first);
        }
    }

    @Test
    void shouldGoOnOverARestartWhereItWas() throws Exception {
        // Given
        SqlRun run = planned(
                "SELECT n, LAG(n, 2) OVER (PARTITION BY k ORDER BY ts) AS before, SUM(n) OVER (PARTITION BY k ORDER BY ts) AS total"
                        + " FROM s",
                "",
                "");
        List<Input> inputs = Stream.iterate(0, i -> i + 1)
                .limit(20)
                .map(i -> s(i % 3 == 0 ? "a" : "b", i, 10 + i / 2))
                .toList();

        // When
        RetainedStores stores = new RetainedStores();
        SqlResult restarted = run.with((plan, registry) ->
                        io.millrace.engine.plan.PlanTopology.build(plan, registry, stores::keyValue))
                .run(inputs, java.util.Set.of(3, 8, 9, 15));

        // Then
        assertThat(rows(restarted)).isEqualTo(rows(run.run(inputs))).hasSizeGreaterThan(10);
    }

    @Test
    void shouldSayWhatTheRecordOfARowSays() throws Exception {
        // When
        SqlResult result = run(
                "SELECT k, _topic AS topic, _partition AS part, _offset AS off, _timestamp IS NOT NULL AS dated, _key IS NULL AS keyless,"
                        + " CARDINALITY(_headers) AS headers FROM s",
                "",
                List.of(s("a", 1, 1), s("b", 1, 1)));

        // Then
        assertThat(rows(result))
                .containsExactly(
                        "{\"k\": \"a\", \"topic\": \"d.s\", \"part\": 0, \"off\": 0, \"dated\": true, \"keyless\": true, \"headers\": 0}",
                        "{\"k\": \"b\", \"topic\": \"d.s\", \"part\": 0, \"off\": 1, \"dated\": true, \"keyless\": true, \"headers\": 0}");
        assertThatThrownBy(() -> run("SELECT k, MAX(n) AS m, _offset AS o FROM s GROUP BY k", "", List.of()))
                .hasMessageContaining("_offset");
    }

    @Test
    void shouldMakeWhatFailsNullOrStopIfAskedTo() throws Exception {
        // Given
        String sql = "SELECT k, 10 / n AS x FROM s";
        List<Input> inputs = List.of(s("a", 5, 1), s("b", 0, 1));

        // When
        SqlResult aside = run(sql, "", inputs);
        SqlResult nulled = run(sql, "  on_error: null\n", inputs);

        // Then
        assertThat(rows(aside)).containsExactly("{\"k\": \"a\", \"x\": 2}");
        assertThat(aside.quarantine()).hasSize(1);
        assertThat(rows(nulled)).containsExactly("{\"k\": \"a\", \"x\": 2}", "{\"k\": \"b\", \"x\": null}");
        assertThat(nulled.quarantine()).isEmpty();
        assertThatThrownBy(() -> run(sql, "  on_error: fail\n", inputs))
                .hasRootCauseInstanceOf(ArithmeticException.class)
                .hasStackTraceContaining(RowFailedException.class.getName());
    }

    @Test
    void shouldPutRowsIntoWindowsByTheMicrosecond() throws Exception {
        // When
        SqlResult result = run(
                "SELECT k, window_start, window_time, COUNT(*) AS c"
                        + " FROM TABLE(TUMBLE(TABLE u, DESCRIPTOR(ts), INTERVAL '1' SECOND)) GROUP BY k, window_start, window_time",
                "",
                List.of(
                        Input.row("u", "a", List.of(), 1_999_999L),
                        Input.row("u", "a", List.of(), 2_000_000L),
                        Input.row("u", "a", List.of(), 2_000_001L)));

        // Then
        assertThat(rows(result))
                .hasSize(3)
                .last()
                .asString()
                .contains("00:00:02")
                .contains("\"c\": 2");
        assertThat(result.quarantine()).isEmpty();
    }

    @Test
    void shouldJoinConstantsAndUnnestWithNumbers() throws Exception {
        // When
        SqlResult joined = run(
                "SELECT s.k, v.word FROM s LEFT JOIN (VALUES (1, 'one'), (2, 'two')) AS v(i, word) ON s.n = v.i",
                "",
                List.of(s("a", 2, 1), s("b", 7, 1)));
        SqlResult unnested = run(
                "SELECT k, tag, number FROM u CROSS JOIN UNNEST(tags) WITH ORDINALITY AS e(tag, number)",
                "",
                List.of(Input.row("u", "a", List.of("x", "y"), 1L), Input.row("u", "b", List.of(), 1L)));

        // Then
        assertThat(rows(joined)).containsExactly("{\"k\": \"a\", \"word\": \"two\"}", "{\"k\": \"b\", \"word\": null}");
        assertThat(rows(unnested))
                .containsExactly(
                        "{\"k\": \"a\", \"tag\": \"x\", \"number\": 1}",
                        "{\"k\": \"a\", \"tag\": \"y\", \"number\": 2}");
    }

    @Test
    void shouldTakeBackWhatNoLongerHoldsAndSayNothingTwice() throws Exception {
        // When
        SqlResult result = run(
                "SELECT id, k FROM t WHERE n > 0",
                "",
                List.of(
                        t(1, "a", 5L),
                        t(1, "a", 6L),
                        t(1, "b", 6L),
                        t(1, "b", -1L),
                        t(2, "c", 1L),
                        Input.delete("t", 2)));

        // Then
        assertThat(rows(result))
                .containsExactly(
                        "{\"id\": 1, \"k\": \"a\"}",
                        "{\"id\": 1, \"k\": \"b\"}",
                        "gone",
                        "{\"id\": 2, \"k\": \"c\"}",
                        "gone");
    }

    @Test
    void shouldGoOnWhenASumOverflowsByWhatIsTakenAway() throws Exception {
        // Given: without the -1 the sum of the others is too large
        List<Input> inputs = List.of(
                t(1, "a", Long.MAX_VALUE),
                t(2, "a", -1L),
                t(3, "a", 1L),
                Input.delete("t", 2),
                t(4, "b", 1L),
                Input.delete("t", 3));

        // When
        SqlResult result = run("SELECT k, SUM(n) AS total FROM t GROUP BY k", "", inputs);

        // Then
        assertThat(rows(result))
                .containsSubsequence(
                        "gone", "{\"k\": \"b\", \"total\": 1}", "{\"k\": \"a\", \"total\": 9223372036854775807}");
    }

    @Test
    void shouldKnowTheAggregatesThatCalciteDoesNot() throws Exception {
        // When
        SqlResult result = run(
                "SELECT k, MEDIAN(n) AS mid, PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY n) AS p, COVAR_POP(n, n) AS c,"
                        + " APPROX_COUNT_DISTINCT(n) AS d, MAX_BY(n, ts) AS latest FROM s GROUP BY k",
                "",
                List.of(s("a", 1, 1), s("a", 2, 2)));

        // Then
        assertThat(rows(result))
                .last()
                .isEqualTo("{\"k\": \"a\", \"mid\": 1.5, \"p\": 1.5, \"c\": 0.25, \"d\": 2, \"latest\": 2}");
    }

    @Test
    void shouldKeepEveryRowOfASideWhateverElseTheConditionAsks() throws Exception {
        // When
        SqlResult streams = run(
                "SELECT a.k, a.n, b.n AS other FROM s AS a LEFT JOIN s AS b ON a.k = b.k AND b.n > a.n"
                        + " AND b.ts BETWEEN a.ts - INTERVAL '1' SECOND AND a.ts + INTERVAL '1' SECOND",
                "",
                List.of(s("a", 1, 10), s("a", 2, 11), s("b", 1, 10), s("c", 1, 100)));
        SqlResult tables = run(
                "SELECT a.id, b.id AS other FROM t AS a LEFT JOIN t AS b ON a.id + 1 = b.id AND b.n > a.n",
                "",
                List.of(t(1, "a", 1L), t(2, "a", 0L), t(2, "a", 5L)));

        // Then
        assertThat(rows(streams))
                .containsExactlyInAnyOrder(
                        "{\"k\": \"a\", \"n\": 1, \"other\": 2}",
                        "{\"k\": \"a\", \"n\": 2, \"other\": null}",
                        "{\"k\": \"b\", \"n\": 1, \"other\": null}");
        assertThat(rows(tables))
                .containsExactly(
                        "{\"id\": 1, \"other\": null}", "{\"id\": 2, \"other\": null}", "{\"id\": 1, \"other\": 2}");
    }

    @Test
    void shouldKeepRowsByWhatIsInAnotherRelationThen() throws Exception {
        // When
        List<Input> inputs = List.of(t(1, "a", 5L), s("a", 3, 1), s("b", 1, 1), s("a", 7, 1));
        SqlResult in = run("SELECT k, n FROM s WHERE n < 5 AND k IN (SELECT k FROM t WHERE n > 0)", "", inputs);
        SqlResult out = run(
                "SELECT k FROM u WHERE k NOT IN (SELECT k FROM t WHERE k IS NOT NULL)",
                "",
                List.of(t(1, "a", 5L), u("a"), u("b"), u(null)));
        SqlResult least = run("SELECT k, n FROM s WHERE n > (SELECT MIN(n) FROM t)", "", inputs);
        SqlResult known = run("SELECT k, n FROM s WHERE n IN (SELECT id FROM t WHERE t.n > 3)", "", inputs);
        SqlResult before = run("SELECT k, n FROM s WHERE k IN (SELECT DISTINCT k FROM u)", "", inputs.subList(1, 4));

        // Then
        assertThat(rows(in)).containsExactly("{\"k\": \"a\", \"n\": 3}");
        // Whether null is not in a list that is not empty is not known.
        assertThat(rows(out)).containsExactly("{\"k\": \"b\"}");
        assertThat(rows(least)).containsExactly("{\"k\": \"a\", \"n\": 7}");
        assertThat(rows(known)).containsExactly("{\"k\": \"b\", \"n\": 1}");
        assertThat(rows(before)).isEmpty();
    }

    @Test
    void shouldTakeTheFirstAndTheLastByEventTime() throws Exception {
        // Given
        List<Input> inputs = List.of(s("a", 5, 2), s("a", null, 1), s("a", 7, 4), s("a", null, 5), s("a", 6, 3));

        // When
        SqlResult all = run(
                "SELECT k, FIRST_VALUE(n) AS f, LAST_VALUE(n) AS l, FIRST_VALUE(n) IGNORE NULLS AS fi,"
                        + " LAST_VALUE(n) IGNORE NULLS AS li FROM s GROUP BY k",
                "",
                inputs);
        SqlResult windowed = run(
                "SELECT k, window_start, LAST_VALUE(n) IGNORE NULLS AS li FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts),"
                        + " INTERVAL '1' MINUTE)) GROUP BY k, window_start",
                "",
                inputs);
        SqlResult session = run(
                "SELECT k, window_start, window_end, LISTAGG(CAST(n AS VARCHAR), '-') WITHIN GROUP (ORDER BY ts DESC) AS ns,"
                        + " FIRST_VALUE(n) AS f FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '9' SECOND))"
                        + " GROUP BY k, window_start, window_end",
                "",
                inputs);

        // Then
        assertThat(rows(all)).last().isEqualTo("{\"k\": \"a\", \"f\": null, \"l\": null, \"fi\": 5, \"li\": 7}");
        assertThat(rows(windowed)).last().asString().contains("\"li\": 7");
        assertThat(rows(session)).last().asString().contains("\"ns\": \"7-6-5\", \"f\": null");
    }

    @Test
    void shouldKeepARowOutOfATableThatBreaksItsRule() throws Exception {
        // Given
        List<Input> inputs =
                List.of(t(1, "a", 5L), t(1, "b", -1L), t(2, "c", -2L), t(2, "c", 3L), Input.delete("t", 1));
        String sql = "SELECT id, k FROM t";

        // When
        SqlResult aside = run(sql, "  quality: {t: [{check: n > 0}]}\n", inputs);
        SqlResult warned = run(sql, "  quality: {t: [{check: n > 0, on_failure: warn}]}\n", inputs);

        // Then
        assertThat(rows(aside)).containsExactly("{\"id\": 1, \"k\": \"a\"}", "{\"id\": 2, \"k\": \"c\"}", "gone");
        assertThat(aside.quarantine())
                .extracting(SqlResult.SetAside::stage, SqlResult.SetAside::offset)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("rule", 1L),
                        org.assertj.core.groups.Tuple.tuple("rule", 2L));
        assertThat(rows(warned)).hasSize(4);
        assertThat(warned.quarantine()).isEmpty();
        assertThatThrownBy(() -> run(sql, "  quality: {t: [{check: n > 0, on_failure: fail}]}\n", inputs))
                .hasStackTraceContaining("RuleBrokenException");
        assertThatThrownBy(() -> run(
                        "SELECT s.k, t.n FROM s JOIN t ON s.n = t.id", "  quality: {t: [{check: n > 0}]}\n", inputs))
                .hasMessageContaining("'t' is looked up whole by 'r'");
    }

    @Test
    void shouldGoByTheTimeOfTheRecordWhereAStepSaysSo() throws Exception {
        // Given
        String document = SOURCES.formatted("").replace("event_time:", "event_time:\n    w: {column: recorded}")
                + "  steps:\n    w: SELECT k, _timestamp AS recorded FROM s\n"
                + "    r: SELECT window_start, COUNT(*) AS c FROM TABLE(TUMBLE(TABLE w, DESCRIPTOR(recorded), INTERVAL '0.002' SECOND))"
                + " GROUP BY window_start\n";

        // When: a record's time is its place among the inputs, in milliseconds
        SqlResult result = SqlRun.of(
                        Documents.read("test", document).pipelines().get(0))
                .run(List.of(s("a", 1, 9), s("a", 1, 1), s("a", 1, 5)));

        // Then
        assertThat(rows(result)).hasSize(3);
        assertThat(rows(result).get(1)).contains("\"c\": 2");
        assertThat(rows(result).get(2)).contains("00:00:00.002").contains("\"c\": 1");
    }

    @Test
    void shouldSayWhatToWriteWhereThereIsNoAnswer() {
        assertThatThrownBy(() -> run("SELECT id, k FROM t WHERE k IN (SELECT k FROM s)", "", List.of()))
                .hasMessageContaining("SELECT DISTINCT in the query makes a table");
        assertThatThrownBy(() -> run(
                        "SELECT k, n, r FROM (SELECT k, n, RANK() OVER (PARTITION BY k ORDER BY n) AS r FROM s) WHERE r <= 2",
                        "",
                        List.of()))
                .hasMessageContaining("use ROW_NUMBER(), or rank a table");
        assertThatThrownBy(() -> run(
                        "SELECT a.k, b.k AS bk FROM (SELECT DISTINCT k FROM t) AS a FULL JOIN (SELECT DISTINCT k FROM u) AS b ON a.k = b.k",
                        "",
                        List.of()))
                .hasMessageContaining("WHERE key IS NOT NULL");
        assertThatThrownBy(() -> run(
                        "SELECT id FROM t AS a FULL JOIN t AS b USING (id) FULL JOIN t AS c USING (id)", "", List.of()))
                .hasMessageContaining("of two relations, not of three");
        assertThatThrownBy(() -> run(
                        "SELECT k, window_start, window_end, GROUPING(k) AS g, COUNT(*) AS c FROM TABLE(SESSION(TABLE s PARTITION BY k,"
                                + " DESCRIPTOR(ts), INTERVAL '5' SECOND)) GROUP BY window_start, window_end, ROLLUP(k)",
                        "",
                        List.of()))
                .hasMessageContaining("by the grouping sets in a step behind it");
        assertThatThrownBy(() -> run(
                        "SELECT k, window_start FROM TABLE(SESSION(TABLE s PARTITION BY k, DESCRIPTOR(ts), INTERVAL '5' SECOND))",
                        "",
                        List.of()))
                .hasMessageContaining("belong together when it is aggregated");
        assertThatThrownBy(() -> run("SELECT k FROM s WHERE n IN (VALUES (1), (2))", "", List.of()))
                .hasMessageContaining("x IN (1, 2, 3)");
    }

    @Test
    void shouldKeepTheFirstOfAllByLimit() throws Exception {
        // When
        SqlResult result = run(
                "SELECT k, n FROM s ORDER BY n DESC LIMIT 1", "", List.of(s("a", 1, 1), s("b", 3, 1), s("c", 2, 1)));

        // Then
        assertThat(rows(result)).containsExactly("{\"k\": \"a\", \"n\": 1}", "{\"k\": \"b\", \"n\": 3}");
    }
}
