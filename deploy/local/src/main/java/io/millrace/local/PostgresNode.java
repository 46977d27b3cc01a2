package io.millrace.local;

import io.millrace.cli.stack.StackException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A Postgres server as a child process; whoever connects on loopback is its superuser. */
final class PostgresNode implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final EmbeddedPostgres postgres;

    private PostgresNode(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    /**
     * Starts Postgres on a data directory.
     *
     * @param data made when missing
     * @param binaries where the server's binaries are unpacked, once
     */
    static PostgresNode start(Path data, Path binaries, int port) throws StackException {
        try {
            Files.createDirectories(binaries);
            // Nobody else is to put programs there that this process then runs.
            if (Files.getFileStore(binaries).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(binaries, PosixFilePermissions.fromString("rwx------"));
            }
            stopOrphan(data);
            return new PostgresNode(EmbeddedPostgres.builder()
                    .setPort(port)
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setOverrideWorkingDirectory(binaries.toFile())
                    .setPGStartupWait(STARTUP)
                    // The stack stops its parts itself, in order.
                    .setRegisterShutdownHook(false)
                    .setServerConfig("listen_addresses", Ports.HOST)
                    .setServerConfig("unix_socket_directories", "")
                    .setServerConfig("timezone", "UTC")
                    .setOutputRedirector(ProcessBuilder.Redirect.appendTo(
                            data.resolveSibling("postgres.log").toFile()))
                    .setErrorRedirector(ProcessBuilder.Redirect.appendTo(
                            data.resolveSibling("postgres.log").toFile()))
                    .start());
        } catch (IOException | RuntimeException e) {
            throw new StackException(
                    "Postgres does not start on " + data + ": " + e.getMessage() + "; see "
                            + data.resolveSibling("postgres.log"),
                    e);
        }
    }

    /** A stack that was killed leaves its server behind, which holds the directory and the port. */
    static void stopOrphan(Path data) throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> orphan = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
                .filter(process -> process.info().command().orElse("").contains("postgres"));
        if (orphan.isPresent()) {
            orphan.get().destroyForcibly();
            try {
                orphan.get().onExit().get(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
                throw new IOException(
                        "Postgres of an earlier run, process " + orphan.get().pid() + ", does not end", e);
            }
        }
        Files.deleteIfExists(pidFile);
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}
