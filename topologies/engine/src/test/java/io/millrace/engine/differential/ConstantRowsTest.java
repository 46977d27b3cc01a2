package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.engine.plan.PlanTopology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that a query lists itself, among those of relations. */
final class ConstantRowsTest {

    private static final List<RelationSpec> SOURCES = List.of(
            RelationSpec.stream("s", "k INT NOT NULL, v VARCHAR"), RelationSpec.table("t", "k INT, v VARCHAR", "k"));

    private static final List<Input> INPUTS = List.of(Input.row("s", 7, "g"), Input.row("s", 8, null));

    private static List<String> rows(SqlResult result) {
        SqlResult.StepRecords step = result.step("x");
        return step.finalRows().stream().map(step::show).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            SELECT k, v FROM s UNION ALL VALUES (1, 'abc'), (2, NULL) \
            # {"k": 1, "v": "abc"} {"k": 2, "v": null} {"k": 7, "v": "g"} {"k": 8, "v": null}
            SELECT 1 + 1 AS k, UPPER('a') AS v UNION ALL SELECT k, v FROM s WHERE k = 7 # {"k": 2, "v": "A"} {"k": 7, "v": "g"}
            SELECT k FROM s UNION ALL SELECT k FROM s UNION ALL SELECT CAST(5000000000 AS BIGINT) \
            # {"k": 5000000000} {"k": 7} {"k": 7} {"k": 8} {"k": 8}
            SELECT k, COUNT(*) AS c FROM (SELECT k FROM s UNION ALL VALUES (7), (9)) AS u GROUP BY k \
            # {"k": 7, "c": 2} {"k": 8, "c": 1} {"k": 9, "c": 1}
            SELECT DISTINCT k FROM (SELECT k FROM s UNION ALL VALUES (7), (7)) AS u # {"k": 7} {"k": 8}
            """)
    void shouldComeOnce(String query, String rows) throws Exception {
        // When
        SqlResult result = SqlRun.plan(SOURCES, Map.of("x", query)).run(INPUTS);

        // Then
        assertThat(result.quarantine()).isEmpty();
        assertThat(String.join(" ", rows(result).stream().sorted().toList())).isEqualTo(rows);
    }

    @Test
    void shouldNotComeAgainAfterARestart() throws Exception {
        // Given
        RetainedStores stores = new RetainedStores();
        SqlRun run = SqlRun.plan(SOURCES, Map.of("x", "SELECT k FROM s UNION ALL VALUES (1)"))
                .with((plan, registry) -> PlanTopology.build(plan, registry, stores::keyValue));

        // When
        SqlResult result = run.run(INPUTS, Set.of(1));

        // Then
        assertThat(rows(result)).containsExactlyInAnyOrder("{\"k\": 1}", "{\"k\": 7}", "{\"k\": 8}");
    }

    @Test
    void shouldSetAsideOneThatFails() throws Exception {
        // When
        SqlResult result = SqlRun.plan(
                        SOURCES, Map.of("x", "SELECT k FROM s UNION ALL SELECT 1 / z FROM (VALUES (0), (1)) AS z(z)"))
                .run(INPUTS);

        // Then
        assertThat(rows(result)).containsExactlyInAnyOrder("{\"k\": 1}", "{\"k\": 7}", "{\"k\": 8}");
        assertThat(result.quarantine())
                .extracting(SqlResult.SetAside::reason)
                .first()
                .asString()
                .contains("by zero");
    }

    @Test
    void shouldNotComeAlone() {
        assertThatThrownBy(() -> SqlRun.plan(SOURCES, Map.of("x", "SELECT 1 AS a UNION ALL VALUES (2)")))
                .hasMessageContaining("VALUES alone never come");
    }
}
