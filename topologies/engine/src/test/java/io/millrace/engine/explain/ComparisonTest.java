package io.millrace.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Documents;
import io.millrace.engine.explain.Comparison.Fate;
import io.millrace.engine.plan.LayoutChanges;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.StateLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the state of a pipeline that is changed. */
final class ComparisonTest {

    private static final String GROUPED = "per_k: SELECT k, COUNT(*) AS c, SUM(n) AS total FROM s GROUP BY k";
    private static final String JOINED =
            "j: SELECT s.id, r.n FROM s JOIN r ON s.k = r.k AND r.ts BETWEEN s.ts AND s.ts + INTERVAL '1' MINUTE";

    private static PipelinePlan plan(String... steps) throws Exception {
        StringBuilder yaml = new StringBuilder("""
                apiVersion: millrace/v1
                kind: Pipeline
                metadata: {name: p}
                spec:
                  sources:
                    s: {connector: topic, columns: "id BIGINT NOT NULL, k STRING, n INT, m BIGINT, ts TIMESTAMP NOT NULL"}
                    r: {connector: topic, columns: "id BIGINT NOT NULL, k STRING, n INT, ts TIMESTAMP NOT NULL"}
                  event_time: {s: {column: ts}, r: {column: ts}}
                  steps:
                """);
        StringBuilder sinks = new StringBuilder("  sinks:\n");
        for (String step : steps) {
            yaml.append("    ").append(step).append('\n');
            String name = step.substring(0, step.indexOf(':'));
            sinks.append("    ").append(name).append(": {from: ").append(name).append(", connector: topic}\n");
        }
        return planned(yaml.toString() + sinks);
    }

    private static PipelinePlan planned(String document) throws Exception {
        return PipelinePlanner.plan(
                Documents.read("test", document).pipelines().get(0), List.of(), PlanOptions.DEFAULT);
    }

    private static Comparison.Item item(Comparison comparison, StateLayout.Kind kind, String name) {
        return comparison.items().stream()
                .filter(item ->
                        item.layout().kind() == kind && item.layout().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldKeepEverythingOfTheSamePipeline() throws Exception {
        Comparison comparison = Comparison.of(plan(GROUPED, JOINED), plan(GROUPED, JOINED));
        assertThat(comparison.canGoOn()).isTrue();
        assertThat(comparison.items()).hasSize(9).allSatisfy(item -> {
            assertThat(item.fate()).isEqualTo(Fate.KEPT);
            assertThat(item.notes()).isEmpty();
        });
    }

    @Test
    void shouldKeepAStepWhenAnotherComesAndSayWhereItIsRestored() throws Exception {
        Comparison comparison = Comparison.of(plan(JOINED), plan("a" + GROUPED, JOINED));
        assertThat(comparison.canGoOn()).isTrue();
        assertThat(item(comparison, StateLayout.Kind.STORE, "aper_k-aggregate"))
                .satisfies(item -> assertThat(item.fate()).isEqualTo(Fate.NEW))
                .satisfies(item ->
                        assertThat(item.notes()).containsExactly("begins empty, with the rows that come from now on"));
        assertThat(item(comparison, StateLayout.Kind.STORE, "j-join-left"))
                .satisfies(item -> assertThat(item.fate()).isEqualTo(Fate.KEPT))
                .satisfies(item -> assertThat(item.notes())
                        .singleElement()
                        .asString()
                        .startsWith("its tasks are numbered 2_* and no longer 1_*"));
    }

    @Test
    void shouldDropWhatNothingReads() throws Exception {
        Comparison comparison = Comparison.of(plan(GROUPED, JOINED), plan(GROUPED));
        assertThat(comparison.canGoOn()).isTrue();
        assertThat(item(comparison, StateLayout.Kind.STORE, "j-join-right").fate())
                .isEqualTo(Fate.DROPPED);
        assertThat(item(comparison, StateLayout.Kind.OFFSETS, "p.r").fate()).isEqualTo(Fate.DROPPED);
        assertThat(item(comparison, StateLayout.Kind.STORE, "per_k-aggregate").fate())
                .isEqualTo(Fate.KEPT);
    }

    @Test
    void shouldSayWhichColumnMakesStateUnreadable() throws Exception {
        Comparison wider =
                Comparison.of(plan(GROUPED), plan("per_k: SELECT k, COUNT(*) AS c, SUM(m) AS total FROM s GROUP BY k"));
        assertThat(wider.canGoOn()).isFalse();
        assertThat(item(wider, StateLayout.Kind.STORE, "per_k-aggregate").notes())
                .containsExactly(
                        "function: SUM(n) INTEGER -> BIGINT is gone", "function: SUM(m) BIGINT -> BIGINT is new");
        assertThat(item(wider, StateLayout.Kind.REPARTITION, "per_k-aggregate-repartition")
                        .notes())
                .containsExactly("row: n INTEGER is gone", "row: m BIGINT is new");
        assertThat(ComparisonText.of(wider))
                .contains("cannot go on from its offsets")
                .contains("Give per_k")
                .contains("== rebuilt");

        Comparison otherKey =
                Comparison.of(plan(GROUPED), plan("per_k: SELECT n, COUNT(*) AS c, SUM(n) AS total FROM s GROUP BY n"));
        assertThat(item(otherKey, StateLayout.Kind.STORE, "per_k-aggregate").notes())
                .contains("key: k VARCHAR is now n INTEGER");
    }

    @Test
    void shouldNoticeOtherBoundsOfAJoin() throws Exception {
        Comparison comparison = Comparison.of(plan(JOINED), plan(JOINED.replace("'1' MINUTE", "'2' MINUTE")));
        assertThat(comparison.canGoOn()).isFalse();
        assertThat(item(comparison, StateLayout.Kind.STORE, "j-join-left").notes())
                .containsExactly("bounds: 0 to 60000 is now 0 to 120000");
    }

    @Test
    void shouldSayThatKeptStateWasMadeByAnotherQuery() throws Exception {
        Comparison comparison = Comparison.of(plan(GROUPED), plan(GROUPED.replace("FROM s", "FROM s WHERE n > 3")));
        assertThat(comparison.canGoOn()).isTrue();
        assertThat(item(comparison, StateLayout.Kind.STORE, "per_k-aggregate"))
                .satisfies(item -> assertThat(item.fate()).isEqualTo(Fate.KEPT))
                .satisfies(item ->
                        assertThat(item.notes()).containsExactly("what is in it was made by the query as it was"));
    }

    @Test
    void shouldNotMindWhatStandsBehindTheState() throws Exception {
        Comparison comparison = Comparison.of(plan(GROUPED), plan(GROUPED + " HAVING COUNT(*) > 3"));
        assertThat(item(comparison, StateLayout.Kind.STORE, "per_k-aggregate"))
                .satisfies(item -> assertThat(item.fate()).isEqualTo(Fate.KEPT))
                .satisfies(item -> assertThat(item.notes()).isEmpty());
    }

    @Test
    void shouldGoOnFromOffsetsWhenRecordsAreWrittenInAnotherFormat() throws Exception {
        String document = """
                apiVersion: millrace/v1
                kind: Pipeline
                metadata: {name: p}
                spec:
                  sources: {s: {connector: topic, config: {format: %s}, columns: "k STRING NOT NULL"}}
                  steps: {r: SELECT k FROM s}
                  sinks: {r: {from: r, connector: topic}}
                """;
        Comparison comparison = Comparison.of(planned(document.formatted("json")), planned(document.formatted("csv")));
        assertThat(comparison.canGoOn()).isTrue();
        assertThat(item(comparison, StateLayout.Kind.OFFSETS, "p.s").notes())
                .contains("format: json is now csv")
                .anyMatch(note -> note.contains("goes to quarantine"));
    }

    @Test
    void shouldTellColumnsThatChangePlaces() {
        StateLayout.Part a = new StateLayout.Part("row", "a", "INTEGER");
        StateLayout.Part b = new StateLayout.Part("row", "b", "INTEGER");
        StateLayout.Part wide = new StateLayout.Part("row", "b", "BIGINT");
        assertThat(LayoutChanges.between(List.of(a, b), List.of(b, a)))
                .containsExactly("row: in another order, b, a and no longer a, b");
        assertThat(LayoutChanges.between(List.of(a, b), List.of(a, wide)))
                .containsExactly("row: b was INTEGER and is BIGINT");
        assertThat(LayoutChanges.between(List.of(a, b), List.of(a, b))).isEmpty();
    }
}
