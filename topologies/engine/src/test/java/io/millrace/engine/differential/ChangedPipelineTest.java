package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Documents;
import io.millrace.engine.plan.PlanTopology;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A step goes on from its state when others come and go beside it. */
final class ChangedPipelineTest {

    private static final String DOCUMENT = """
            apiVersion: millrace/v1
            kind: Pipeline
            metadata: {name: d}
            spec:
              sources:
                s: {connector: topic, columns: "k STRING NOT NULL, n INT, ts TIMESTAMP NOT NULL"}
                r: {connector: topic, columns: "k STRING NOT NULL, n INT, ts TIMESTAMP NOT NULL"}
              event_time: {s: {column: ts}, r: {column: ts}}
              emit: {w: on_close}
              steps:
            %s
                w: |
                  SELECT k, window_end, SUM(n) AS total FROM TABLE(TUMBLE(TABLE %s, DESCRIPTOR(ts), INTERVAL '10' SECOND))
                  GROUP BY k, window_end
              sinks: {w: {from: w, connector: topic}%s}
            """;

    private final RetainedStores stores = new RetainedStores();

    private List<String> run(String steps, String from, String sinks, Input... inputs) throws Exception {
        SqlResult result = SqlRun.of(Documents.read("test", DOCUMENT.formatted(steps, from, sinks))
                        .pipelines()
                        .get(0))
                .with((plan, registry) -> PlanTopology.build(plan, registry, stores::keyValue))
                .run(List.of(inputs));
        assertThat(result.quarantine()).isEmpty();
        SqlResult.StepRecords step = result.step("w");
        return step.records().stream().map(record -> step.show(record.value())).toList();
    }

    private static Input s(int n, long second) {
        return Input.row("s", "a", n, 1000 * second);
    }

    @Test
    void shouldNotWaitForASourceThatIsReadNoMore() throws Exception {
        // Given
        String both = "    b: SELECT k, n, ts FROM s UNION ALL SELECT k, n, ts FROM r";
        String one = "    b: SELECT k, n, ts FROM s";
        Input slow = Input.row("r", "a", 1, 2000);
        assertThat(run(both, "b", "", s(2, 5), slow, s(4, 12))).isEmpty();

        // When
        List<String> rows = run(one, "b", "", s(8, 13), s(16, 21));

        // Then
        assertThat(rows)
                .containsExactly(
                        "{\"k\": \"a\", \"window_end\": \"1970-01-01T00:00:10\", \"total\": 3}",
                        "{\"k\": \"a\", \"window_end\": \"1970-01-01T00:00:20\", \"total\": 12}");
    }

    @Test
    void shouldGoOnWhenAStepOfTheSameSourceComesBeforeAndGoesAgain() throws Exception {
        // Given
        String other = "    a: SELECT n, COUNT(*) AS c FROM s GROUP BY n";
        assertThat(run("", "s", "", s(1, 1), s(2, 5))).isEmpty();

        // When
        List<String> with = run(other, "s", ", a: {from: a, connector: topic}", s(4, 9), s(8, 10), s(16, 12));
        List<String> without = run("", "s", "", s(32, 19), s(64, 21));

        // Then
        assertThat(with).containsExactly("{\"k\": \"a\", \"window_end\": \"1970-01-01T00:00:10\", \"total\": 7}");
        assertThat(without).containsExactly("{\"k\": \"a\", \"window_end\": \"1970-01-01T00:00:20\", \"total\": 56}");
    }
}
