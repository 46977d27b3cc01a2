package io.millrace.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code millrace} command. */
@Command(
        name = "millrace",
        description = "ETL on Kafka from one YAML file.",
        mixinStandardHelpOptions = true,
        version = "millrace 0.1.0-SNAPSHOT",
        subcommands = {
            ValidateCommand.class,
            ExplainCommand.class,
            TestCommand.class,
            RunCommand.class,
            SchemaCommand.class,
            CommandLine.HelpCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:what was checked does not hold",
            "2:the input or usage is wrong",
            "3:something needed is not reachable"
        })
public final class Millrace {

    Millrace() {}

    public static void main(String[] arguments) {
        Interruption signals = Interruption.ofThisThread();
        int code;
        try {
            code = run(
                    new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                    new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                    arguments);
        } finally {
            signals.close();
        }
        System.exit(code);
    }

    /** Runs the command with these streams; returns the exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine command = new CommandLine(new Millrace());
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            provider.commands().forEach(command::addSubcommand);
        }
        command.setOut(out);
        command.setErr(err);
        command.setCaseInsensitiveEnumValuesAllowed(true);
        command.setExecutionExceptionHandler((failure, failed, result) -> {
            err.println("millrace: " + (failure.getMessage() == null ? failure.toString() : failure.getMessage()));
            return failure instanceof java.io.IOException ? ExitCode.UNREACHABLE : ExitCode.DOES_NOT_HOLD;
        });
        if (arguments.length == 0) {
            command.usage(err);
            return ExitCode.WRONG_INPUT;
        }
        return command.execute(arguments);
    }
}
