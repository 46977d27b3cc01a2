package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.plan.Explanation;
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

/** {@code millrace explain}: shows what a pipeline is made into. */
@Command(
        name = "explain",
        description = "Shows the plan of each step, the topology, topics and connectors of pipelines.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

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
        if (!planned.problems().isEmpty()) {
            ProblemReport.print(planned.problems(), spec.commandLine().getErr());
            return ExitCode.WRONG_INPUT;
        }
        List<Explanation> explanations =
                planned.plans().stream().map(Explanation::of).toList();
        if (output == OutputFormat.JSON) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            explanations.forEach(explanation -> array.add(json(explanation)));
            out.println(array.toPrettyString());
        } else {
            explanations.forEach(explanation -> out.print(explanation.text()));
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static ObjectNode json(Explanation explanation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("pipeline", explanation.pipeline());
        ObjectNode sections = node.putObject("sections");
        explanation.sections().forEach(section -> sections.put(section.title(), section.text()));
        return node;
    }
}
