package io.millrace.local;

import io.millrace.cli.ExitCode;
import io.millrace.cli.Figures;
import io.millrace.cli.OutputFormat;
import io.millrace.cli.ProgressLine;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.LocalStackProvider;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace local up}: starts the stack and stays in the foreground until it is stopped. */
@Command(
        name = "up",
        description = "Starts the stack and stays until Ctrl-C, or until millrace local down in another shell.",
        mixinStandardHelpOptions = true)
final class LocalUpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where its data lies (default: .millrace/local).")
    private @Nullable Path data;

    @Option(
            names = "--ports",
            defaultValue = "fixed",
            description = "fixed or free: free takes whatever ports are free (default: ${DEFAULT-VALUE}).")
    private PortChoice ports;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Path directory = data == null ? StackOptions.defaultDirectory() : data.toAbsolutePath();
        Instant began = Instant.now();
        try (LocalStack stack = start(directory)) {
            if (output == OutputFormat.JSON) {
                out.println(StackEndpointsPrinter.json(
                                stack.endpoints(), ProcessHandle.current().pid())
                        .toPrettyString());
            } else {
                out.println("The embedded stack is up after " + Figures.seconds(Duration.between(began, Instant.now()))
                        + "; its data and log are in " + directory);
                out.println();
                StackEndpointsPrinter.print(stack.endpoints(), out);
                out.println();
                out.println("Ctrl-C stops it, or millrace local down in another shell.");
            }
            out.flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            err.println("millrace: the embedded stack has stopped");
        } catch (StackException e) {
            err.println("millrace: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        }
        return ExitCode.DONE;
    }

    private LocalStack start(Path directory) throws StackException {
        try (ProgressLine line = new ProgressLine(spec.commandLine().getErr())) {
            return LocalStackProvider.installed()
                    .start(
                            new StackOptions(directory, ports == PortChoice.FREE),
                            part -> line.show(part + " is ready"));
        }
    }
}
