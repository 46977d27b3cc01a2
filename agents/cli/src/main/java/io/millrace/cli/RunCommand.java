package io.millrace.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.LocalStackProvider;
import io.millrace.cli.stack.RunningStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import io.millrace.document.Connection;
import io.millrace.document.DocumentSet;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.orchestrator.RunException;
import io.millrace.orchestrator.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace run}: runs a job to its end on the embedded stack. */
@Command(
        name = "run",
        description =
                "Runs a job and waits for its end, on the embedded stack that is up; with --local, starts one for it.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "A file with one pipeline, and the connections that it names.")
    private Path file;

    @Option(names = "--local", description = "Start an embedded stack for the run if none is up, and stop it after.")
    private boolean isLocal;

    @Option(names = "--data", paramLabel = "DIR", description = "The embedded stack's data (default: .millrace/local).")
    private @Nullable Path data;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "300",
            description = "Give up when nothing has moved for this long (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            DocumentSet documents = sound(file);
            return run(documents);
        } catch (InvalidDocumentException e) {
            ProblemReport.print(e.problems(), err);
            return ExitCode.WRONG_INPUT;
        } catch (StackException e) {
            return failed(e, ExitCode.UNREACHABLE);
        } catch (RunException e) {
            return failed(e, exitCode(e));
        }
    }

    private int failed(Exception failure, int code) {
        if (output == OutputFormat.JSON) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            node.put("state", "failed").put("message", failure.getMessage());
            spec.commandLine().getOut().println(node.toPrettyString());
        } else {
            spec.commandLine().getErr().println("millrace: " + failure.getMessage());
        }
        return code;
    }

    /** The exit code that says whose fault a run's failure was. */
    static int exitCode(RunException failure) {
        return switch (failure.kind()) {
            case REFUSED -> ExitCode.WRONG_INPUT;
            case UNREACHABLE -> ExitCode.UNREACHABLE;
            case FAILED -> ExitCode.DOES_NOT_HOLD;
        };
    }

    /** Reads the file and plans it, so that what is wrong is said before anything is started. */
    private static DocumentSet sound(Path file) throws InvalidDocumentException, IOException {
        DocumentSet documents = Documents.read(file);
        if (documents.pipelines().size() != 1) {
            throw new InvalidDocumentException(List.of(Problem.at(
                    new Location(file.toString(), 1, 1),
                    "The file holds " + documents.pipelines().size() + " pipelines; a run is of one")));
        }
        List<Connection> connections = new ArrayList<>(StackEndpoints.FIXED.connections());
        connections.addAll(documents.connections());
        PipelinePlanner.plan(documents.pipelines().get(0), connections, PlanOptions.DEFAULT);
        return documents;
    }

    private int run(DocumentSet documents) throws StackException, InvalidDocumentException, RunException {
        Path directory = data == null ? StackOptions.defaultDirectory() : data;
        LocalStackProvider provider = LocalStackProvider.installed();
        Optional<RunningStack> running = provider.running(directory);
        if (running.isPresent()) {
            CommandLog.writeTo(directory.resolve("run.log"));
            return run(documents, running.get().endpoints(), directory);
        }
        if (!isLocal) {
            throw new StackException("No embedded stack is up on " + directory
                    + ": start one with millrace local up, or add --local to have one for this run");
        }
        try (LocalStack stack = start(provider, directory)) {
            return run(documents, stack.endpoints(), directory);
        }
    }

    private LocalStack start(LocalStackProvider provider, Path directory) throws StackException {
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr())) {
            return provider.start(
                    new StackOptions(directory, false), part -> line.show("embedded stack: " + part + " is ready"));
        }
    }

    private int run(DocumentSet documents, StackEndpoints endpoints, Path directory)
            throws InvalidDocumentException, RunException {
        RunReport report;
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr())) {
            report = PipelineRun.execute(
                    documents, endpoints, directory.resolve("streams"), Duration.ofSeconds(patienceSeconds), line);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(RunReportPrinter.json(report).toPrettyString());
        } else {
            RunReportPrinter.print(report, out);
        }
        return ExitCode.DONE;
    }
}
