package io.millrace.engine.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.millrace.document.Documents;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What explain tells. */
final class ExplanationTest {

    private static PipelinePlan plan(String yaml) throws Exception {
        return PipelinePlanner.plan(Documents.read("test", yaml).pipelines().get(0), List.of(), PlanOptions.DEFAULT);
    }

    private static PipelinePlan example(String name) throws Exception {
        return plan(Files.readString(Path.of("src/test/resources/topologies/" + name + ".yaml")));
    }

    @Test
    void shouldWriteExpressionsAsPeopleDo() throws Exception {
        Explanation explanation = Explanation.of(plan("""
                apiVersion: millrace/v1
                kind: Pipeline
                metadata: {name: p}
                spec:
                  sources: {s: {connector: topic, columns: "id BIGINT NOT NULL, k STRING, n INT"}}
                  steps:
                    a: |
                      SELECT id, UPPER(k) AS big, (n + 1) * 2 AS m FROM s
                      WHERE (n > 1 AND k <> 'it''s') OR (n IS NULL AND NOT k IN ('a', 'b'))
                  sinks: {a: {from: a, connector: topic}}
                """));
        List<String> texts = explanation.steps().get(0).operators().stream()
                .map(Explanation.Operator::text)
                .toList();
        assertThat(texts)
                .containsExactly(
                        "project id, UPPER(k) AS big, (n + 1) * 2 AS m",
                        "filter (n > 1 AND k <> 'it''s') OR (n IS NULL AND NOT (k = 'a' OR k = 'b'))",
                        "rows of s");
    }

    @Test
    void shouldFitATerminal() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/topologies"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".yaml")).toList()) {
                Explanation explanation = Explanation.of(plan(Files.readString(file)));
                String text = ExplanationText.of(explanation).replace(explanation.topology(), "");
                assertThat(text.lines())
                        .as(file.toString())
                        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(120));
                assertThat(text)
                        .contains("== estimates")
                        .contains("as written:")
                        .contains("operators:");
            }
        }
    }

    @Test
    void shouldNameStoresWithTheirChangelogsAndRepartitions() throws Exception {
        assertThat(ExplanationText.of(Explanation.of(example("tumble"))))
                .contains("repartition w-aggregate-repartition, topic millrace.tumble-w-aggregate-repartition")
                .contains("store w-aggregate, changelog millrace.tumble-w-aggregate-changelog")
                .contains("store w-aggregate-values, changelog millrace.tumble-w-aggregate-values-changelog")
                .contains("not pushed down: others write the topic");
    }

    @Test
    void shouldEstimateByTheRowsThatAreExpected() throws Exception {
        Explanation explanation = Explanation.of(example("group-twice"), new CostModel(Map.of("S", 1000d)));
        Estimate first = explanation.steps().get(0).estimate();
        Estimate second = explanation.steps().get(1).estimate();
        assertThat(first.rowsIn()).isEqualTo(1000);
        assertThat(first.repartitionedRows()).isEqualTo(1000);
        // 1 + 20 bytes of k, 1 + 4 of n
        assertThat(first.repartitionedBytes()).isCloseTo(26_000, within(0.1));
        assertThat(first.stateKeys()).isCloseTo(100, within(0.1));
        assertThat(first.stateBytesPerKey()).isCloseTo(26 + 16 + 16, within(0.1));
        assertThat(second.rowsIn()).isEqualTo(first.rowsOut());
        assertThat(Explanation.of(example("group-twice"))
                        .steps()
                        .get(0)
                        .estimate()
                        .cpu())
                .isCloseTo(1000 * first.cpu(), within(1d));
    }

    @Test
    void shouldCostMoreWithAJoinThatRepartitionsBoth() throws Exception {
        Estimate lookup = Explanation.of(example("lookup")).steps().get(0).estimate();
        Estimate join =
                Explanation.of(example("join-of-streams")).steps().get(0).estimate();
        assertThat(lookup.repartitionedRows()).isZero();
        assertThat(lookup.stateKeys()).isZero();
        assertThat(join.repartitionedRows()).isEqualTo(2_000_000);
        assertThat(join.cpu()).isGreaterThan(2 * lookup.cpu());
    }

    @Test
    void shouldRoundToWhatMeansSomething() {
        assertThat(Stream.of(0d, 1d, 999.4, 999.6, 1000d, 9_940d, 9_960d, 123_456d, 2.5e6, 3e9, 4e12, 5e15)
                        .map(ExplanationText::amount))
                .containsExactly(
                        "-", "1", "999", "1.0k", "1.0k", "9.9k", "10k", "123k", "2.5M", "3.0G", "4.0T", "5000T");
    }
}
