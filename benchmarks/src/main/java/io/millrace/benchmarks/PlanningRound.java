package io.millrace.benchmarks;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One round in a fresh JVM: the argument says in which order. Its measurements are lines of the standard output. */
final class PlanningRound {

    static final String COLD = "cold";
    static final String WARM = "warm";

    private static final int WARM_UP_PLANS = 100;
    private static final int WARM_PLANS = 20;

    private PlanningRound() {}

    /** Measures, as {@code cold} or as {@code warm}. */
    public static void main(String[] arguments) throws IOException, InvalidDocumentException {
        String thirty = resource("thirty-steps.yaml");
        String one = resource("one-step.yaml");
        Stopwatch watch = new Stopwatch();
        if (arguments[0].equals(COLD)) {
            PipelinePlan plan = plan(thirty);
            print(watch.lap("30 steps, planned first thing in a JVM"));
            PlanTopology.build(plan, new InMemorySchemaRegistry());
            print(watch.lap("30 steps, their topology built after that"));
            return;
        }
        plan(one);
        print(watch.lap("1 step, planned first thing in a JVM: mostly the loading of classes"));
        PipelinePlan plan = plan(thirty);
        print(watch.lap("30 steps, planned after that"));
        PlanTopology.build(plan, new InMemorySchemaRegistry());
        print(watch.lap("30 steps, their topology built after that, classes loaded"));
        for (int i = 0; i < WARM_UP_PLANS; i++) {
            PlanTopology.build(plan(one), new InMemorySchemaRegistry());
        }
        watch.lap("warming up");
        for (int i = 0; i < WARM_PLANS; i++) {
            plan(one);
            print(watch.lap("1 step, planned warm"));
        }
        for (int i = 0; i < WARM_PLANS; i++) {
            plan(thirty);
            print(watch.lap("30 steps, planned warm"));
        }
    }

    private static PipelinePlan plan(String document) throws InvalidDocumentException {
        return PipelinePlanner.plan(
                Documents.read("benchmark", document).pipelines().get(0), List.of(), PlanOptions.DEFAULT);
    }

    private static void print(Measurement measurement) {
        System.out.println(measurement.line());
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = Objects.requireNonNull(PlanningRound.class.getResourceAsStream(name), name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
