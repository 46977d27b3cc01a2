package io.millrace.local;

import picocli.CommandLine.Command;

/** {@code millrace local}: the embedded stack alone. */
@Command(
        name = "local",
        description = "The embedded stack alone: Kafka, Kafka Connect, a Schema Registry, Postgres and S3 on loopback.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "(up | down | status)",
        subcommands = {LocalUpCommand.class, LocalDownCommand.class, LocalStatusCommand.class})
final class LocalCommand {}
