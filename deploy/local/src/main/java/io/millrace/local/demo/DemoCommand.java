package io.millrace.local.demo;

import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputFormat;
import io.millrace.cli.PipelineRun;
import io.millrace.cli.ProgressLine;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.LocalStackProvider;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import io.millrace.document.DocumentSet;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.local.PortChoice;
import io.millrace.orchestrator.RunException;
import io.millrace.orchestrator.RunReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace demo}: the flights example, from an empty stack to what came out. */
@Command(
        name = "demo",
        description = "Runs the flights example on an embedded stack of its own and shows what came out.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the stack's data lies (default: .millrace/demo).")
    private @Nullable Path data;

    @Option(
            names = "--ports",
            defaultValue = "fixed",
            description = "fixed or free: free takes whatever ports are free (default: ${DEFAULT-VALUE}).")
    private PortChoice ports;

    @Option(names = "--keep", description = "Keep the stack up after the demo, until Ctrl-C.")
    private boolean keep;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try {
            run();
            return ExitCode.DONE;
        } catch (InterruptedException e) {
            err.println("millrace: the demo was interrupted");
            return ExitCode.DOES_NOT_HOLD;
        } catch (StackException e) {
            err.println("millrace: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        } catch (InvalidDocumentException | RunException | SQLException e) {
            err.println("millrace: the demo failed: " + e.getMessage());
            return ExitCode.DOES_NOT_HOLD;
        }
    }

    private void run()
            throws StackException, IOException, InterruptedException, SQLException, InvalidDocumentException,
                    RunException {
        Path example = Path.of(System.getProperty(StackOptions.HOME, "."), "examples", "flights");
        Path directory = data == null ? StackOptions.home().resolve("demo") : data.toAbsolutePath();
        DocumentSet documents = Documents.read(example.resolve("flights.yaml"));
        Instant began = Instant.now();
        try (LocalStack stack = startEmpty(directory)) {
            Instant up = Instant.now();
            new ExampleData(example.resolve("data")).load(stack.endpoints());
            Instant loaded = Instant.now();
            RunReport report = run(documents, stack, directory);
            show(new DemoReport(
                    Duration.between(began, up),
                    Duration.between(up, loaded),
                    report,
                    Arrivals.read(
                            stack.endpoints(),
                            directory.resolve("s3").resolve(stack.endpoints().s3Bucket())),
                    directory,
                    stack.endpoints(),
                    keep));
            if (keep) {
                new CountDownLatch(1).await();
            }
        }
    }

    private RunReport run(DocumentSet documents, LocalStack stack, Path directory)
            throws InvalidDocumentException, RunException {
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr())) {
            return PipelineRun.execute(
                    documents, stack.endpoints(), directory.resolve("streams"), PipelineRun.PATIENCE, line);
        }
    }

    private void show(DemoReport demo) {
        PrintWriter out = spec.commandLine().getOut();
        if (output == OutputFormat.JSON) {
            out.println(demo.json().toPrettyString());
        } else {
            demo.print(out);
        }
        out.flush();
    }

    /** What an earlier demo left, even one that was killed, goes first: each begins with nothing. */
    private LocalStack startEmpty(Path directory) throws StackException {
        LocalStackProvider provider = LocalStackProvider.installed();
        if (provider.running(directory).isEmpty()) {
            provider.stop(directory, false);
        }
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr())) {
            return provider.start(
                    new StackOptions(directory, ports == PortChoice.FREE),
                    part -> line.show("embedded stack: " + part + " is ready"));
        }
    }
}
