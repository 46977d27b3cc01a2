package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.document.Connection;
import io.millrace.document.DocumentSet;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Location;
import io.millrace.document.Pipeline;
import io.millrace.document.PipelineTest;
import io.millrace.document.Problem;
import io.millrace.testing.PipelineTestRunner;
import io.millrace.testing.TestResult;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace test}: runs pipeline tests without a broker. */
@Command(name = "test", description = "Runs pipeline tests without a broker.", mixinStandardHelpOptions = true)
final class TestCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Files with pipeline tests.")
    private List<Path> files;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<TestResult> results = new ArrayList<>();
        for (Path file : files) {
            try {
                results.addAll(run(file));
            } catch (InvalidDocumentException e) {
                ProblemReport.print(e.problems(), spec.commandLine().getErr());
                return ExitCode.WRONG_INPUT;
            }
        }
        long failed = results.stream().filter(result -> !result.holds()).count();
        if (output == OutputFormat.JSON) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            results.forEach(result -> {
                ObjectNode node = array.addObject();
                node.put("name", result.name());
                node.put("holds", result.holds());
                node.set("differences", ProblemReport.json(result.differences()));
            });
            out.println(array.toPrettyString());
        } else {
            for (TestResult result : results) {
                out.println((result.holds() ? "ok    " : "FAIL  ") + result.name());
                ProblemReport.print(result.differences(), out);
            }
            out.println((results.size() - failed) + " passed, " + failed + " failed");
        }
        return failed == 0 ? ExitCode.DONE : ExitCode.DOES_NOT_HOLD;
    }

    private static List<TestResult> run(Path file) throws InvalidDocumentException, IOException {
        PipelineTest tests = Documents.readTest(file);
        if (tests.inline() != null) {
            return PipelineTestRunner.run(tests, tests.inline(), PlannedFiles.EMBEDDED);
        }
        Path pipelineFile = file.toAbsolutePath().resolveSibling(String.valueOf(tests.pipelineFile()));
        DocumentSet documents = Documents.read(pipelineFile);
        if (documents.pipelines().size() != 1) {
            throw new InvalidDocumentException(List.of(Problem.at(
                    new Location(file.toString(), 1, 1),
                    tests.pipelineFile() + " holds " + documents.pipelines().size() + " pipelines; a test is of one")));
        }
        Pipeline pipeline = documents.pipelines().get(0);
        List<Connection> connections = new ArrayList<>(PlannedFiles.EMBEDDED);
        connections.addAll(documents.connections());
        return PipelineTestRunner.run(tests, pipeline, connections);
    }
}
