package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Documents;
import io.millrace.document.Pipeline;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.plan.TopicPartitions;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The end of a job's run: what waits for more goes on without it, and the next run goes on from there. */
final class RunEndTest {

    private static final String DOCUMENT = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: d}
            spec:
              sources:
                s: {connector: topic, columns: "k STRING NOT NULL, n INT, ts TIMESTAMP NOT NULL"}
                u: {connector: topic, columns: "k STRING NOT NULL, m INT, ts TIMESTAMP NOT NULL"}
              event_time: {s: {column: ts, delay: 2 SECONDS}, u: {column: ts, delay: 2 SECONDS}%s}
              sinks: {out: {from: r, connector: topic}}
              %s
              steps:
                %s
            """;

    private static final String SUMS = "SELECT k, window_start, SUM(n) AS total"
            + " FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start";

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final RetainedStores stores = new RetainedStores();
    private final List<String> quarantine = new ArrayList<>();

    private List<String> run(String id, String more, String steps, List<Input> inputs) throws Exception {
        return run(id, id, more, steps, inputs);
    }

    /** What a run gives whose end is said as that of the run {@code said}. */
    private List<String> run(String id, String said, String more, String steps, List<Input> inputs) throws Exception {
        Pipeline pipeline = Documents.read(
                        "test",
                        DOCUMENT.formatted(steps.contains("windows:") ? ", windows: {column: ended}" : "", more, steps))
                .pipelines()
                .get(0);
        PipelinePlan plan = PipelinePlanner.plan(pipeline, List.of(), PlanOptions.DEFAULT.withRun(id));
        PlanTopology.Built built = PlanTopology.build(plan, registry, stores::keyValue, TopicPartitions.planned(plan));
        SqlResult result = new SqlResult(new LinkedHashMap<>(), new ArrayList<>());
        try (TopologyRun topology = new TopologyRun(plan, built.topology(), registry)) {
            topology.pipe(inputs, 0, new LinkedHashMap<>());
            if (plan.closesAtEnd()) {
                topology.end(said);
                int tasks = built.tasks().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum();
                assertThat(topology.taskEnds()).isEqualTo(said.equals(id) ? tasks : 0);
            }
            topology.collect(result);
        }
        result.quarantine().forEach(row -> quarantine.add(row.stage() + " " + row.relation()));
        SqlResult.StepRecords step = result.step("r");
        return step.records().stream()
                .map(record -> record.value() == null ? "gone" : step.show(record.value()))
                .toList();
    }

    private static Input s(String k, Integer n, long second) {
        return Input.row("s", k, n, 1000 * second);
    }

    private static Input u(String k, Integer m, long second) {
        return Input.row("u", k, m, 1000 * second);
    }

    @Test
    void shouldCloseTheWindowsThatWait() throws Exception {
        String emit = "emit: {r: on_close}";
        assertThat(run("1", emit, "r: " + SUMS, List.of(s("a", 1, 1), s("a", 2, 11), s("b", 3, 3))))
                .containsExactly(
                        "{\"k\": \"a\", \"window_start\": \"1970-01-01T00:00\", \"total\": 1}",
                        "{\"k\": \"b\", \"window_start\": \"1970-01-01T00:00\", \"total\": 3}",
                        "{\"k\": \"a\", \"window_start\": \"1970-01-01T00:00:10\", \"total\": 2}");
        // They are closed for the next run too, later ones are not.
        assertThat(run("2", emit, "r: " + SUMS, List.of(s("a", 1, 12), s("a", 2, 25))))
                .containsExactly("{\"k\": \"a\", \"window_start\": \"1970-01-01T00:00:20\", \"total\": 2}");
        assertThat(quarantine).containsExactly("late r");
    }

    @Test
    void shouldHearOfItsOwnRunAlone() throws Exception {
        assertThat(run("1", "another", "emit: {r: on_close}", "r: " + SUMS, List.of(s("a", 1, 1))))
                .isEmpty();
    }

    @Test
    void shouldLeaveWindowsOpenWhoseResultsAreOut() throws Exception {
        assertThat(run("1", "", "r: " + SUMS, List.of(s("a", 1, 1)))).hasSize(1);
        assertThat(run("2", "", "r: " + SUMS, List.of(s("a", 2, 2))))
                .containsExactly("{\"k\": \"a\", \"window_start\": \"1970-01-01T00:00\", \"total\": 3}");
    }

    @Test
    void shouldGiveSessionsThatWait() throws Exception {
        String step = "r: SELECT k, window_start, window_end, COUNT(*) AS c FROM TABLE(SESSION(TABLE s PARTITION BY k,"
                + " DESCRIPTOR(ts), INTERVAL '10' SECOND)) GROUP BY k, window_start, window_end";
        assertThat(run("1", "emit: {r: on_close}", step, List.of(s("a", 1, 1), s("a", 1, 9), s("a", 1, 30))))
                .containsExactly(
                        "{\"k\": \"a\", \"window_start\": \"1970-01-01T00:00:01\","
                                + " \"window_end\": \"1970-01-01T00:00:19\", \"c\": 2}",
                        "{\"k\": \"a\", \"window_start\": \"1970-01-01T00:00:30\","
                                + " \"window_end\": \"1970-01-01T00:00:40\", \"c\": 1}");
    }

    @Test
    void shouldSendRowsOnAloneThatWaitForAPartnerAndKeepThoseThatHadOne() throws Exception {
        String step = "r: SELECT s.k, s.n, u.m FROM s LEFT JOIN u ON s.k = u.k"
                + " AND u.ts BETWEEN s.ts AND s.ts + INTERVAL '1' MINUTE";
        assertThat(run("1", "", step, List.of(s("a", 1, 1), u("a", 10, 2), s("b", 2, 3))))
                .containsExactly("{\"k\": \"a\", \"n\": 1, \"m\": 10}", "{\"k\": \"b\", \"n\": 2, \"m\": null}");
        assertThat(run("2", "", step, List.of(u("a", 20, 5), u("b", 30, 6))))
                .containsExactly("{\"k\": \"a\", \"n\": 1, \"m\": 20}");
    }

    @Test
    void shouldTakeRowsIntoTheirWindowsThatHaveWaitedForAPartner() throws Exception {
        // Given rows that wait twenty seconds for a partner, behind which windows of ten seconds close.
        String steps = """
                met: |
                      SELECT s.k, s.ts AS began, u.k AS other FROM s LEFT JOIN u
                      ON s.k = u.k AND u.ts BETWEEN s.ts AND s.ts + INTERVAL '20' SECOND
                    r: |
                      SELECT window_start, COUNT(*) AS c, COUNT(other) AS met
                      FROM TABLE(TUMBLE(TABLE met, DESCRIPTOR(began), INTERVAL '10' SECOND)) GROUP BY window_start
                """;

        // Then
        assertThat(run(
                        "1",
                        "emit: {r: on_close}",
                        steps,
                        List.of(
                                s("a", 1, 1),
                                s("b", 1, 2),
                                u("a", 1, 18),
                                s("c", 1, 19),
                                s("d", 1, 60),
                                u("d", 1, 60),
                                s("e", 1, 100),
                                u("e", 1, 100))))
                .startsWith(
                        "{\"window_start\": \"1970-01-01T00:00\", \"c\": 2, \"met\": 1}",
                        "{\"window_start\": \"1970-01-01T00:00:10\", \"c\": 1, \"met\": 0}");
        assertThat(quarantine).isEmpty();
    }

    @Test
    void shouldNumberTheRowsThatWaitForTheirOrder() throws Exception {
        String step = "r: SELECT k, n, SUM(n) OVER (PARTITION BY k ORDER BY ts) AS total,"
                + " LEAD(n) OVER (PARTITION BY k ORDER BY ts) AS ahead FROM s";
        assertThat(run("1", "", step, List.of(s("a", 2, 2), s("a", 1, 1))))
                .containsExactly(
                        "{\"k\": \"a\", \"n\": 1, \"total\": 1, \"ahead\": 2}",
                        "{\"k\": \"a\", \"n\": 2, \"total\": 3, \"ahead\": null}");
        // What has gone on stands: a row before it is late, one behind it adds up.
        assertThat(run("2", "", step, List.of(s("a", 5, 1), s("a", 4, 3))))
                .containsExactly("{\"k\": \"a\", \"n\": 4, \"total\": 7, \"ahead\": null}");
        assertThat(quarantine).containsExactly("late r");
    }

    @Test
    void shouldReachStepsBehindStepsThatWait() throws Exception {
        String steps = """
                windows: |
                      SELECT k, window_start AS began, window_time AS ended, SUM(n) AS total
                      FROM TABLE(TUMBLE(TABLE s, DESCRIPTOR(ts), INTERVAL '10' SECOND))
                      GROUP BY k, window_start, window_time
                    r: |
                      SELECT window_start, SUM(total) AS total
                      FROM TABLE(TUMBLE(TABLE windows, DESCRIPTOR(ended), INTERVAL '1' MINUTE))
                      GROUP BY window_start
                """;
        assertThat(run(
                        "1",
                        "emit: {windows: on_close, r: on_close}",
                        steps,
                        List.of(s("a", 1, 1), s("b", 2, 11), s("c", 3, 61))))
                .containsExactly(
                        "{\"window_start\": \"1970-01-01T00:00\", \"total\": 3}",
                        "{\"window_start\": \"1970-01-01T00:01\", \"total\": 3}");
    }
}
