package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.document.Documents;
import io.millrace.engine.explain.Comparison;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanTopology;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application starts on the state of an older form of its pipeline: it reads it as it was meant, or not at all. */
final class ChangedColumnsTest {

    private static final String DOCUMENT = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: d}
            spec:
              sources:
                s: {connector: topic, columns: "%s"}
                t: {connector: topic, columns: "%s", as: table, key: k}
              event_time: {s: {column: ts}}
              steps:
                out: |
                  %s
              sinks: {out: {from: out, connector: topic}}
            """;
    private static final String STREAM = "k STRING NOT NULL, n INT, m BIGINT, ts TIMESTAMP NOT NULL";
    private static final String TABLE = "k STRING NOT NULL, a INT, b STRING";
    private static final Object[] ROW = {"x", 7, 70L, 1000L};

    private final RetainedStores stores = new RetainedStores();

    private SqlRun planned(String stream, String table, String sql) throws Exception {
        return SqlRun.of(Documents.read("test", DOCUMENT.formatted(stream, table, sql))
                        .pipelines()
                        .get(0))
                .with((plan, registry) -> PlanTopology.build(plan, registry, stores::keyValue));
    }

    private List<String> run(String stream, String table, String sql, Input... inputs) throws Exception {
        SqlResult result = planned(stream, table, sql).run(List.of(inputs));
        assertThat(result.quarantine()).isEmpty();
        SqlResult.StepRecords step = result.step("out");
        return step.records().stream().map(record -> step.show(record.value())).toList();
    }

    private PipelinePlan plan(String stream, String table, String sql) throws Exception {
        return planned(stream, table, sql).plan();
    }

    @Test
    void shouldLoadALookedUpTableAnewWhenItsColumnsChange() throws Exception {
        // Given
        String sql = "SELECT s.n, t.b FROM s JOIN t ON s.k = t.k";
        Input was = Input.row("t", "x", 1, "one");
        assertThat(run(STREAM, TABLE, sql, was, Input.row("s", ROW))).containsExactly("{\"n\": 7, \"b\": \"one\"}");
        assertThat(run(STREAM, TABLE, sql, Input.row("s", ROW))).containsExactly("{\"n\": 7, \"b\": \"one\"}");
        String changed = "k STRING NOT NULL, b STRING, a INT";

        // When
        List<String> unloaded = run(STREAM, changed, sql, Input.row("s", ROW));
        List<String> loaded = run(STREAM, changed, sql, Input.row("t", "x", "one", 1), Input.row("s", ROW));

        // Then
        assertThat(unloaded).isEmpty();
        assertThat(loaded).containsExactly("{\"n\": 7, \"b\": \"one\"}");
        Comparison comparison = Comparison.of(plan(STREAM, TABLE, sql), plan(STREAM, changed, sql));
        assertThat(comparison.canGoOn()).isTrue();
        assertThat(comparison.items())
                .filteredOn(item -> item.layout().relation().equals("t"))
                .extracting(Comparison.Item::fate)
                .containsExactly(Comparison.Fate.NEW, Comparison.Fate.DROPPED);
    }

    private void shouldRefuse(String stream, String table, String sql, String store, String change) {
        assertThatThrownBy(() -> run(stream, table, sql, Input.row("s", ROW)))
                .rootCause()
                .hasMessageStartingWith("The state '" + store + "' of 'out' is of another form")
                .hasMessageContaining(change)
                .hasMessageContaining("Give 'out' another name")
                .hasMessageContaining("millrace explain --against");
    }

    @Test
    void shouldRefuseToStartOnGroupsOfAnotherType() throws Exception {
        String before = "SELECT n, COUNT(*) AS c FROM s GROUP BY n";
        String after = "SELECT m, COUNT(*) AS c FROM s GROUP BY m";
        assertThat(run(STREAM, TABLE, before, Input.row("s", ROW))).containsExactly("{\"n\": 7, \"c\": 1}");
        shouldRefuse(STREAM, TABLE, after, "out-aggregate", "key: n INTEGER is now m BIGINT");
        assertThat(run(STREAM, TABLE, before, Input.row("s", ROW))).containsExactly("{\"n\": 7, \"c\": 2}");
    }

    @Test
    void shouldRefuseToStartOnOtherFunctions() throws Exception {
        String before = "SELECT k, SUM(n) AS c FROM s GROUP BY k";
        run(STREAM, TABLE, before, Input.row("s", ROW));
        shouldRefuse(STREAM, TABLE, before.replace("SUM", "AVG"), "out-aggregate", "SUM(n) INTEGER");
        shouldRefuse(STREAM.replace("n INT,", "n SMALLINT,"), TABLE, before, "out-aggregate", "SMALLINT");
    }

    @Test
    void shouldRefuseARepartitionThatMayHoldRowsOfAnotherForm() throws Exception {
        String before = "SELECT k, SUM(n) FILTER (WHERE m > 3) AS c FROM s GROUP BY k";
        String after = "SELECT k, SUM(n) FILTER (WHERE m > 3) AS c FROM s GROUP BY k HAVING MAX(k) <> ''";
        run(STREAM, TABLE, before, Input.row("s", ROW));
        shouldRefuse(STREAM, TABLE, after, "out-aggregate", "MAX(k)");
    }

    @Test
    void shouldRefuseAFollowedTableOfOtherColumns() throws Exception {
        String sql = "SELECT k, b FROM t";
        assertThat(run(STREAM, TABLE, sql, Input.row("t", "x", 1, "one"))).hasSize(1);
        assertThatThrownBy(() -> run(STREAM, "k STRING NOT NULL, b STRING, a INT", sql, Input.row("t", "x", "two", 1)))
                .rootCause()
                .hasMessageStartingWith("The state 't-table' of 't' is of another form")
                .hasMessageContaining("row: in another order");
    }

    @Test
    void shouldRefuseSidesOfAJoin() throws Exception {
        String sql =
                "SELECT s.n, u.m FROM s JOIN s AS u ON s.k = u.k AND u.ts BETWEEN s.ts AND s.ts + INTERVAL '%s' MINUTE";
        run(STREAM, TABLE, sql.formatted("1"), Input.row("s", ROW));
        shouldRefuse(STREAM, TABLE, sql.formatted("9"), "out-join-left", "bounds: 0 to 60000 is now 0 to 540000");
    }

    @Test
    void shouldGoOnWhereTheQueryChangedAndTheFormDidNot() throws Exception {
        String before = "SELECT k, SUM(n) AS c FROM s GROUP BY k";
        run(STREAM, TABLE, before, Input.row("s", ROW));
        assertThat(run(STREAM, TABLE, before + " HAVING SUM(n) > 8", Input.row("s", ROW)))
                .containsExactly("{\"k\": \"x\", \"c\": 14}");
    }
}
