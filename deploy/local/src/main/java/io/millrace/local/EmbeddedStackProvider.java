package io.millrace.local;

import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.LocalStackProvider;
import io.millrace.cli.stack.RunningStack;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Starts, finds and stops embedded stacks. The plugins lie where the system property {@code millrace.plugin.path} says. */
public final class EmbeddedStackProvider implements LocalStackProvider {

    /** Directories of plugin directories, with commas between, as a worker's {@code plugin.path}. */
    public static final String PLUGIN_PATH = "millrace.plugin.path";

    private static final int STOP_SECONDS = 30;

    @Override
    public LocalStack start(StackOptions options, Consumer<String> progress) throws StackException {
        String plugins = System.getProperty(PLUGIN_PATH, "");
        if (plugins.isBlank()) {
            throw new StackException(
                    "Nothing says where the Connect plugins are: start with ./millrace, or set the system property "
                            + PLUGIN_PATH + " to their directory");
        }
        return EmbeddedStack.start(options, List.of(plugins.split(",")), progress);
    }

    @Override
    public Optional<RunningStack> running(Path dataDirectory) {
        return StackFile.running(dataDirectory.toAbsolutePath());
    }

    @Override
    public boolean stop(Path dataDirectory, boolean keepData) throws StackException {
        Path directory = dataDirectory.toAbsolutePath();
        Optional<RunningStack> running = StackFile.running(directory);
        if (running.isPresent()) {
            awaitEnd(running.get().pid());
        }
        if (Files.exists(directory)) {
            // Holding the directory, nobody can start on it meanwhile; not getting it, somebody has.
            StackFile held = StackFile.acquire(directory);
            try {
                PostgresNode.stopOrphan(directory.resolve("postgres"));
                if (!keepData) {
                    for (String part : EmbeddedStack.FILES) {
                        delete(directory.resolve(part));
                    }
                }
                held.close();
            } catch (IOException e) {
                throw new StackException("The data in " + directory + " is not removed: " + e, e);
            }
        }
        if (!keepData) {
            removeIfEmpty(directory);
        }
        return running.isPresent();
    }

    private static void awaitEnd(long pid) throws StackException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isEmpty()) {
            return;
        }
        process.get().destroy();
        try {
            process.get().onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while the stack was stopping", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackException(
                    "The stack, process " + pid + ", has not ended in " + STOP_SECONDS + " s; kill it, then try again",
                    e);
        }
    }

    /** Only what a stack has written goes: a directory that is somebody's home stays as it is. */
    private static void removeIfEmpty(Path directory) throws StackException {
        try {
            Files.deleteIfExists(directory.resolve(StackFile.LOCK));
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            return;
        } catch (IOException e) {
            throw new StackException("The directory " + directory + " is not removed: " + e, e);
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
