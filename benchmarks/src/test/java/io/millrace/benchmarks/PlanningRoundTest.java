package io.millrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Pipeline;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PlanningRoundTest {

    @ParameterizedTest
    @CsvSource({"one-step.yaml, 1", "thirty-steps.yaml, 30"})
    void shouldPlanAsManyStepsAsItsNameSays(String document, int steps) throws IOException, InvalidDocumentException {
        String text =
                new String(PlanningRound.class.getResourceAsStream(document).readAllBytes(), StandardCharsets.UTF_8);
        Pipeline pipeline = Documents.read(document, text).pipelines().get(0);
        PipelinePlan plan = PipelinePlanner.plan(pipeline, List.of(), PlanOptions.DEFAULT);
        assertThat(plan.relations())
                .filteredOn(relation -> relation instanceof io.millrace.engine.plan.Relation.StepRelation)
                .hasSize(steps);
    }
}
