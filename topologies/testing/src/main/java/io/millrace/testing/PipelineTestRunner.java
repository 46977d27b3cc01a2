package io.millrace.testing;

import io.millrace.document.Connection;
import io.millrace.document.Connector;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Pipeline;
import io.millrace.document.PipelineTest;
import io.millrace.document.Sink;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the tests of a pipeline without a broker. */
public final class PipelineTestRunner {

    private PipelineTestRunner() {}

    /**
     * Runs every test; each begins with empty topics and stores.
     *
     * @param pipeline the pipeline that the tests are of
     * @throws InvalidDocumentException when the pipeline cannot be planned
     */
    public static List<TestResult> run(PipelineTest tests, Pipeline pipeline, List<Connection> connections)
            throws InvalidDocumentException {
        PipelinePlan plan =
                PipelinePlanner.plan(observed(pipeline, tests), connections, PlanOptions.DEFAULT.withRun("test"));
        List<TestResult> results = new ArrayList<>();
        for (PipelineTest.TestCase test : tests.tests()) {
            results.add(new TestRun(plan, test).run());
        }
        return results;
    }

    /** The pipeline with a sink on every step that a test looks at, so that its rows can be seen. */
    private static Pipeline observed(Pipeline pipeline, PipelineTest tests) {
        Set<String> looked = new LinkedHashSet<>();
        tests.tests().forEach(test -> looked.addAll(test.output().keySet()));
        List<Sink> sinks = new ArrayList<>(pipeline.sinks());
        pipeline.steps().forEach(step -> {
            boolean isLookedAt = looked.stream().anyMatch(name -> name.equalsIgnoreCase(step.name()));
            if (isLookedAt
                    && pipeline.sinks().stream().noneMatch(sink -> sink.from().equalsIgnoreCase(step.name()))) {
                Connector topic = new Connector("topic", step.location(), null, step.location(), Map.of(), Map.of());
                sinks.add(new Sink("test-" + step.name(), step.location(), step.name(), step.location(), topic));
            }
        });
        return new Pipeline(
                pipeline.name(),
                pipeline.location(),
                pipeline.labels(),
                pipeline.sources(),
                pipeline.steps(),
                pipeline.eventTime(),
                pipeline.quality(),
                pipeline.qualityLocations(),
                sinks,
                pipeline.onError(),
                pipeline.emit(),
                pipeline.emitLocations());
    }
}
