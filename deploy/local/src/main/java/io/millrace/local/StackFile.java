package io.millrace.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.stack.RunningStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says to other processes which stack runs on a data directory. The lock says whether one runs, and the system drops it with the
 * process however that ends; the file says where it listens, and means nothing without the lock.
 */
final class StackFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Nothing is in it; whoever locks it has the directory. */
    static final String LOCK = "stack.lock";

    private final Path state;
    private final FileChannel channel;
    private final FileLock lock;

    private StackFile(Path state, FileChannel channel, FileLock lock) {
        this.state = state;
        this.channel = channel;
        this.lock = lock;
    }

    /** Takes the directory for this process; throws when another one has it. */
    static StackFile acquire(Path directory) throws StackException {
        try {
            Files.createDirectories(directory);
            FileChannel channel = open(directory);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                channel.close();
                String process = running(directory)
                        .map(stack -> "process " + stack.pid() + ", Kafka at "
                                + stack.endpoints().bootstrapServers())
                        .orElse("it is still starting");
                throw new StackException("A stack runs on " + directory + " already (" + process
                        + "). ./millrace local status --data " + directory + " shows it, ./millrace local down --data "
                        + directory + " stops it.");
            }
            Files.deleteIfExists(state(directory));
            return new StackFile(state(directory), channel, lock);
        } catch (IOException e) {
            throw new StackException("Cannot write in " + directory + ": " + e, e);
        }
    }

    /** Publishes where the stack listens. */
    void publish(StackEndpoints endpoints) throws IOException {
        ObjectNode node =
                StackEndpointsPrinter.json(endpoints, ProcessHandle.current().pid());
        node.put("started_at", Instant.now().toString());
        Path next = state.resolveSibling(state.getFileName() + ".next");
        Files.writeString(next, node.toPrettyString() + "\n");
        Files.move(next, state, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The stack that a process has published on the directory and still runs, if there is one. */
    static Optional<RunningStack> running(Path directory) {
        if (!Files.exists(state(directory)) || !isHeld(directory)) {
            return Optional.empty();
        }
        try {
            JsonNode node = JSON.readTree(Files.readString(state(directory)));
            return Optional.of(new RunningStack(
                    node.path("pid").asLong(),
                    Instant.parse(node.path("started_at").asText()),
                    new StackEndpoints(
                            node.path("bootstrap_servers").asText(),
                            URI.create(node.path("connect").asText()),
                            URI.create(node.path("schema_registry").asText()),
                            node.path("jdbc_url").asText(),
                            node.path("jdbc_user").asText(),
                            URI.create(node.path("s3").asText()),
                            node.path("s3_bucket").asText())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    state(directory) + " is not what a stack writes: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            // Between the look at the lock and the read, the stack has ended.
            return Optional.empty();
        }
    }

    private static boolean isHeld(Path directory) {
        try (FileChannel channel = open(directory)) {
            FileLock lock = tryLock(channel);
            if (lock == null) {
                return true;
            }
            lock.release();
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    private static FileChannel open(Path directory) throws IOException {
        return FileChannel.open(
                directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // This very process holds it.
            return null;
        }
    }

    private static Path state(Path directory) {
        return directory.resolve("stack.json");
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(state);
        lock.release();
        channel.close();
    }
}
