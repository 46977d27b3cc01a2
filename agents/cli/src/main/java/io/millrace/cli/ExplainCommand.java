package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.document.NearestName;
import io.millrace.engine.explain.Comparison;
import io.millrace.engine.explain.ComparisonText;
import io.millrace.engine.explain.CostModel;
import io.millrace.engine.explain.Explanation;
import io.millrace.engine.explain.ExplanationText;
import io.millrace.engine.plan.PipelinePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace explain}: shows what a pipeline is made into, or what becomes of the state of an older form of it. */
@Command(
        name = "explain",
        description =
                "Shows the plan of each step, what is pushed down, state, estimates, topics, connectors and the topology of "
                        + "pipelines; with --against, what becomes of the state of an older form of them.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with pipelines and their connections.")
    private List<Path> files;

    @Option(
            names = "--against",
            paramLabel = "OLD",
            description =
                    "A file with the pipelines as they ran before: tells what of their state is kept. Exit code 1 when an "
                            + "application cannot go on from its offsets.")
    private @Nullable Path against;

    @Option(
            names = "--rows",
            paramLabel = "SOURCE=ROWS",
            description = "How many rows a source is expected to have, for the estimates; may be repeated.")
    private Map<String, Double> rows = new HashMap<>();

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        PlannedFiles planned = read(files);
        PlannedFiles before = against == null ? null : read(List.of(against));
        if (!planned.problems().isEmpty()
                || (before != null && !before.problems().isEmpty())) {
            return ExitCode.WRONG_INPUT;
        }
        if (before != null) {
            return compare(before.plans(), planned.plans());
        }
        checkRows(planned.plans());
        PrintWriter out = spec.commandLine().getOut();
        List<Explanation> explanations = planned.plans().stream()
                .map(plan -> Explanation.of(plan, new CostModel(rows)))
                .toList();
        if (output == OutputFormat.JSON) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            explanations.forEach(explanation -> array.add(ExplanationJson.of(explanation)));
            out.println(array.toPrettyString());
        } else {
            explanations.forEach(explanation -> out.print(ExplanationText.of(explanation)));
            out.flush();
        }
        return ExitCode.DONE;
    }

    private PlannedFiles read(List<Path> paths) throws IOException {
        PlannedFiles planned = PlannedFiles.read(paths);
        ProblemReport.print(planned.problems(), spec.commandLine().getErr());
        return planned;
    }

    private int compare(List<PipelinePlan> before, List<PipelinePlan> after) {
        PrintWriter out = spec.commandLine().getOut();
        List<Comparison> comparisons = new ArrayList<>();
        for (PipelinePlan plan : after) {
            String name = plan.pipeline().name();
            PipelinePlan old = before.stream()
                    .filter(other -> other.pipeline().name().equals(name))
                    .findFirst()
                    .orElse(null);
            if (old == null) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no pipeline '" + name + "' in " + against + " to compare with: it has "
                                + String.join(
                                        ", ",
                                        before.stream()
                                                .map(other -> other.pipeline().name())
                                                .toList()));
            }
            comparisons.add(Comparison.of(old, plan));
        }
        if (output == OutputFormat.JSON) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            comparisons.forEach(comparison -> array.add(ExplanationJson.of(comparison)));
            out.println(array.toPrettyString());
        } else {
            comparisons.forEach(comparison -> out.print(ComparisonText.of(comparison)));
            out.flush();
        }
        return comparisons.stream().allMatch(Comparison::canGoOn) ? ExitCode.DONE : ExitCode.DOES_NOT_HOLD;
    }

    private void checkRows(List<PipelinePlan> plans) {
        List<String> sources = plans.stream()
                .flatMap(plan -> plan.pipeline().sources().stream())
                .map(source -> source.name())
                .toList();
        rows.forEach((name, count) -> {
            if (sources.stream().noneMatch(source -> source.equalsIgnoreCase(name))) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--rows: there is no source '" + name + "'"
                                + NearestName.of(name, sources)
                                        .map(nearest -> ", did you mean '" + nearest + "'?")
                                        .orElse(": the sources are " + String.join(", ", sources)));
            }
            if (!(count >= 0) || count.isInfinite()) {
                throw new ParameterException(spec.commandLine(), "--rows: '" + count + "' is not a number of rows");
            }
        });
    }
}
