package io.millrace.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.cli.ExitCode;
import io.millrace.cli.OutputFormat;
import io.millrace.cli.stack.LocalStackProvider;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code millrace local down}: stops the stack of another shell. */
@Command(
        name = "down",
        description = "Stops the stack; its data stays for the next start.",
        mixinStandardHelpOptions = true)
final class LocalDownCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "Where its data lies (default: .millrace/local).")
    private @Nullable Path data;

    @Option(names = "--remove-data", description = "Remove its data too.")
    private boolean removeData;

    @Option(names = "--output", defaultValue = "text", description = "text or json (default: ${DEFAULT-VALUE}).")
    private OutputFormat output;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path directory = data == null ? StackOptions.defaultDirectory() : data.toAbsolutePath();
        try {
            boolean wasUp = LocalStackProvider.installed().stop(directory, !removeData);
            if (output == OutputFormat.JSON) {
                out.println(JsonNodeFactory.instance
                        .objectNode()
                        .put("was_up", wasUp)
                        .put("data_removed", removeData)
                        .toPrettyString());
                return ExitCode.DONE;
            }
            out.println((wasUp ? "The embedded stack is down" : "No embedded stack was up")
                    + (removeData ? "; its data is removed from " : "; its data stays in ")
                    + directory);
            return ExitCode.DONE;
        } catch (StackException e) {
            spec.commandLine().getErr().println("millrace: " + e.getMessage());
            return ExitCode.UNREACHABLE;
        }
    }
}
