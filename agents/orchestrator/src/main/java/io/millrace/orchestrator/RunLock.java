package io.millrace.orchestrator;

import io.millrace.orchestrator.RunException.Kind;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Lets one run of a pipeline at a time have its connectors and stores; the system drops the lock with the process, however that ends. */
final class RunLock implements AutoCloseable {

    private final FileChannel channel;

    private RunLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the pipeline.
     *
     * @param directory where processors keep their stores; made when missing
     * @throws RunException when a run has it, or the directory cannot be written
     */
    static RunLock acquire(Path directory, String pipeline) throws RunException {
        Path file = directory.resolve(pipeline + ".run.lock");
        try {
            Files.createDirectories(directory);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new RunException(
                        Kind.REFUSED,
                        "A run of " + pipeline + " is under way (it holds " + file + "): wait for its end, or stop it");
            }
            return new RunLock(channel);
        } catch (IOException e) {
            throw new RunException(Kind.UNREACHABLE, "Cannot write in " + directory + ": " + e, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // A run in this very process holds it.
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
