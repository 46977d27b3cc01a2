package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Relations that never have a row, wherever a query has them. */
final class NoRowsTest {

    private static final List<RelationSpec> SOURCES = List.of(
            RelationSpec.stream("s", "k INT NOT NULL, v INT, ts TIMESTAMP NOT NULL")
                    .timed("ts", java.time.Duration.ZERO),
            RelationSpec.stream("r", "k INT NOT NULL, w INT, ts TIMESTAMP NOT NULL")
                    .timed("ts", java.time.Duration.ZERO),
            RelationSpec.table("t", "k INT NOT NULL, w INT", "k"));

    private static final List<Input> INPUTS = List.of(
            Input.row("t", 1, 10),
            Input.row("s", 1, 1, 0L),
            Input.row("r", 1, 5, 0L),
            Input.row("s", 1, 2, 60_000L),
            Input.row("s", 2, 3, 120_000L),
            Input.row("r", 1, 5, 120_000L));

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            SELECT v FROM s WHERE FALSE # []
            SELECT v FROM s WHERE 1 = 0 AND v > 0 # []
            SELECT v FROM s LIMIT 0 # []
            SELECT k, w FROM t ORDER BY w LIMIT 0 # []
            SELECT v FROM s UNION ALL SELECT w FROM r WHERE FALSE # [{"v": 1}, {"v": 2}, {"v": 3}]
            SELECT v FROM s WHERE 1 = 0 UNION ALL SELECT w FROM r WHERE FALSE # []
            SELECT k, COUNT(*) AS c FROM s WHERE FALSE GROUP BY k # []
            SELECT COUNT(*) AS c FROM s WHERE FALSE # []
            SELECT k, COUNT(*) AS c FROM s GROUP BY k HAVING FALSE # []
            SELECT s.v, t.w FROM s LEFT JOIN t ON s.k = t.k AND FALSE WHERE s.v = 1 # [{"v": 1, "w": null}]
            SELECT s.v, t.w FROM s JOIN (SELECT * FROM t WHERE FALSE) AS t ON s.k = t.k # []
            SELECT s.v, t.w FROM (SELECT * FROM s WHERE FALSE) AS s JOIN t ON s.k = t.k # []
            SELECT s.v, r.w FROM s JOIN r ON s.k = r.k AND s.ts = r.ts AND 1 = 0 # []
            SELECT v FROM (SELECT k, v FROM s WHERE FALSE) AS e WHERE v IN (1, 2) # []
            """)
    void shouldHaveNoRows(String query, String rows) throws Exception {
        // Given
        List<Input> inputs = INPUTS.stream()
                .filter(input -> query.matches(".*(FROM|JOIN) " + input.relation() + "\\b.*"))
                .toList();

        // When
        SqlResult.StepRecords step =
                SqlRun.plan(SOURCES, Map.of("x", query)).run(inputs).step("x");

        // Then
        assertThat(step.finalRows().stream().map(step::show).toList()).hasToString(rows);
    }
}
