package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands at the end of a run. */
final class SqlResultTest {

    @Test
    void shouldHaveOneRowOfATableWithoutAKey() throws Exception {
        // Given
        SqlRun run = SqlRun.plan(
                List.of(RelationSpec.stream("s", "n INT NOT NULL")),
                Map.of("result", "SELECT COUNT(*) AS c, SUM(n) AS total FROM s"));

        // When
        SqlResult.StepRecords step =
                run.run(List.of(Input.row("s", 4), Input.row("s", 5))).step("result");

        // Then
        assertThat(step.records()).hasSizeGreaterThan(1);
        assertThat(step.finalRows().stream().map(step::show)).containsExactly("{\"c\": 2, \"total\": 9}");
    }
}
