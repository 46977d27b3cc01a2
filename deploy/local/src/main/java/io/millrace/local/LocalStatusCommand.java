package io.millrace.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputFormat;
import io.millrace.cli.stack.LocalStackProvider;
import io.millrace.cli.stack.RunningStack;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace local status}: whether a stack is up, and where. */
@Command(
        name = "status",
        description = "Shows where the stack listens; exit code 1 when none is up.",
        mixinStandardHelpOptions = true)
final class LocalStatusCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where its data lies (default: .millrace/local).")
    private @Nullable Path data;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() throws StackException {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = data == null ? StackOptions.defaultDirectory() : data.toAbsolutePath();
        Optional<RunningStack> running = LocalStackProvider.installed().running(directory);
        if (running.isEmpty()) {
            out.println(
                    output == OutputFormat.JSON
                            ? JsonNodeFactory.instance
                                    .objectNode()
                                    .put("up", false)
                                    .toPrettyString()
                            : "No embedded stack is up on " + directory + "; millrace local up starts one.");
            return ExitCode.DOES_NOT_HOLD;
        }
        if (output == OutputFormat.JSON) {
            out.println(StackEndpointsPrinter.json(
                            running.get().endpoints(), running.get().pid())
                    .put("up", true)
                    .put("started_at", running.get().startedAt().toString())
                    .toPrettyString());
        } else {
            out.println("The embedded stack is up since " + running.get().startedAt() + ", process "
                    + running.get().pid());
            out.println();
            StackEndpointsPrinter.print(running.get().endpoints(), out);
        }
        return ExitCode.DONE;
    }
}
