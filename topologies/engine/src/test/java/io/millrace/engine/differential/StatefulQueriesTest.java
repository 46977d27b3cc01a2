package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.InvalidDocumentException;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random queries with state: what stands at the end is what DuckDB gives over all that came.
 * {@code -Dmillrace.differential.pipelines} says how many of each feature.
 */
final class StatefulQueriesTest {

    private static final int PIPELINES = Integer.getInteger("millrace.differential.pipelines", 8);
    private static final long SEED = Long.getLong("millrace.differential.seed", 20_240_229L);

    static Stream<Feature> there() {
        return Stream.of(Feature.values()).filter(Feature::isThere);
    }

    static Stream<Feature> missing() {
        return Stream.of(Feature.values()).filter(feature -> !feature.isThere());
    }

    @ParameterizedTest
    @MethodSource("there")
    void shouldEndWithWhatDuckDbGivesOverAllThatCame(Feature feature) throws SQLException, InvalidDocumentException {
        try (DuckDb duckDb = DuckDb.open()) {
            int count = 0;
            for (int i = 0; i < PIPELINES; i++) {
                // Given
                Random random = StatefulQueries.random(SEED + i);
                StatefulScenario scenario = new StatefulQueries(random).of(feature);
                SqlRun run = scenario.plan();

                // When
                List<String> rows = scenario.finalRows(run, scenario.arrival(random), Set.of());

                // Then
                assertThat(rows)
                        .as("seed " + (SEED + i) + ": " + scenario.here())
                        .isEqualTo(scenario.oracle(
                                duckDb, run.plan().relation("result").rowType()));
                count += rows.size();
            }
            assertThat(count).isPositive();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("missing")
    void shouldNoticeWhenAFeatureComes(Feature feature) throws SQLException {
        try (DuckDb duckDb = DuckDb.open()) {
            boolean isRight = true;
            for (int i = 0; i < PIPELINES && isRight; i++) {
                isRight = isRight(duckDb, feature, StatefulQueries.random(SEED + i));
            }
            assertThat(isRight)
                    .as(feature + " works: say in Feature that it is there")
                    .isFalse();
        }
    }

    private static boolean isRight(DuckDb duckDb, Feature feature, Random random) throws SQLException {
        StatefulScenario scenario = new StatefulQueries(random).of(feature);
        try {
            SqlRun run = scenario.plan();
            List<String> rows = scenario.finalRows(run, scenario.arrival(random), Set.of());
            return rows.equals(
                    scenario.oracle(duckDb, run.plan().relation("result").rowType()));
        } catch (InvalidDocumentException | RuntimeException e) {
            return false;
        }
    }
}
