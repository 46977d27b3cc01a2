package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.plan.PipelinePlan;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace validate}: reads, type-checks and plans; touches nothing. */
@Command(
        name = "validate",
        description = "Reads, type-checks and plans pipelines; touches nothing.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with pipelines and their connections.")
    private List<Path> files;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        PlannedFiles planned = PlannedFiles.read(files);
        if (output == OutputFormat.JSON) {
            out.println(json(planned).toPrettyString());
        } else {
            planned.plans().forEach(plan -> out.println(summary(plan)));
            ProblemReport.print(planned.problems(), spec.commandLine().getErr());
        }
        return planned.problems().isEmpty() ? ExitCode.DONE : ExitCode.WRONG_INPUT;
    }

    private static String summary(PipelinePlan plan) {
        return plan.pipeline().name() + ": valid; "
                + count(plan.pipeline().sources().size(), "source") + ", "
                + count(plan.pipeline().steps().size(), "step") + ", "
                + count(
                        plan.pipeline().quality().values().stream()
                                .mapToInt(List::size)
                                .sum(),
                        "rule") + ", "
                + count(plan.pipeline().sinks().size(), "sink") + ", "
                + count(plan.topics().size(), "topic");
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static ObjectNode json(PlannedFiles planned) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("valid", planned.problems().isEmpty());
        ArrayNode pipelines = result.putArray("pipelines");
        planned.plans().forEach(plan -> pipelines.add(plan.pipeline().name()));
        result.set("problems", ProblemReport.json(planned.problems()));
        return result;
    }
}
