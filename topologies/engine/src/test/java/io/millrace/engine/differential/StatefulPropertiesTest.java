package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.PlanTopology;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every step with state: neither the order in which its input comes nor a restart changes what stands at the end. */
final class StatefulPropertiesTest {

    private static final int PIPELINES = Integer.getInteger("millrace.differential.pipelines", 3);
    private static final int ORDERS = 3;
    private static final int RESTARTS = 6;
    private static final long SEED = Long.getLong("millrace.differential.seed", 20_240_229L);

    static Stream<Feature> there() {
        return Stream.of(Feature.values()).filter(Feature::isThere);
    }

    @ParameterizedTest
    @MethodSource("there")
    void shouldEndAlikeInWhateverOrderTheInputComesWithinItsDelay(Feature feature) throws InvalidDocumentException {
        for (int i = 0; i < PIPELINES; i++) {
            Random random = StatefulQueries.random(SEED + i);
            StatefulScenario scenario = new StatefulQueries(random).of(feature);
            SqlRun run = scenario.plan();
            List<String> first = scenario.finalRows(run, scenario.arrival(random), Set.of());
            for (int order = 1; order < ORDERS; order++) {
                assertThat(scenario.finalRows(run, scenario.arrival(random), Set.of()))
                        .as("seed " + (SEED + i) + ", order " + order + ": " + scenario.here())
                        .isEqualTo(first);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("there")
    void shouldEndAlikeWhereverItIsRestarted(Feature feature) throws InvalidDocumentException {
        for (int i = 0; i < PIPELINES; i++) {
            Random random = StatefulQueries.random(SEED + i);
            StatefulScenario scenario = new StatefulQueries(random).of(feature);
            SqlRun run = scenario.plan();
            List<Input> inputs = scenario.arrival(random);
            Set<Integer> restarts = new TreeSet<>();
            while (restarts.size() < RESTARTS) {
                restarts.add(1 + random.nextInt(inputs.size() - 1));
            }
            RetainedStores stores = new RetainedStores();
            SqlRun restarted = run.with((plan, registry) -> PlanTopology.build(plan, registry, stores::keyValue));
            assertThat(scenario.finalRows(restarted, inputs, restarts))
                    .as("seed " + (SEED + i) + ", restarts before " + restarts + ": " + scenario.here())
                    .isEqualTo(scenario.finalRows(run, inputs, Set.of()));
        }
    }
}
