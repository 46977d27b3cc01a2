package io.millrace.local;

import io.millrace.cli.CommandLog;
import io.millrace.cli.stack.LocalStack;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.cli.stack.StackException;
import io.millrace.cli.stack.StackOptions;
import io.millrace.registry.SchemaRegistryServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every part of the stack, started in the order in which they need each other and stopped the other way round. */
final class EmbeddedStack implements LocalStack {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedStack.class);
    private static final long WANTED_BYTES = 256L * 1024 * 1024;

    /** Everything that a stack, or a run on it, writes in its directory. */
    static final List<String> FILES = List.of(
            "kafka",
            "postgres",
            "s3",
            "streams",
            "stack.json",
            "stack.json.next",
            "stack.log",
            "run.log",
            "postgres.log");

    private final StackEndpoints endpoints;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean isClosed;

    private EmbeddedStack(StackEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    static EmbeddedStack start(StackOptions options, List<String> pluginPath, Consumer<String> progress)
            throws StackException {
        Path directory = options.dataDirectory().toAbsolutePath();
        StackFile file = StackFile.acquire(directory);
        EmbeddedStack stack = null;
        try {
            requireSpace(directory);
            Path binaries = StackOptions.home().resolve("postgres-binaries");
            PostgresNode.stopOrphan(directory.resolve("postgres"));
            Ports ports = options.freePorts() ? Ports.free() : Ports.FIXED;
            ports.requireFree();
            CommandLog.writeTo(directory.resolve("stack.log"));
            stack = new EmbeddedStack(endpoints(ports));
            stack.parts.push(file);
            stack.startParts(directory, binaries, ports, pluginPath, progress);
            file.publish(stack.endpoints);
            return stack;
        } catch (StackException | IOException | RuntimeException e) {
            closeAfter(e, stack == null ? file : stack);
            throw e instanceof StackException known ? known : new StackException(String.valueOf(e.getMessage()), e);
        }
    }

    private static void closeAfter(Exception failure, AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private static void requireSpace(Path directory) throws StackException, IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        if (free < WANTED_BYTES) {
            throw new StackException(
                    "There are only " + free / (1024 * 1024) + " MiB free at " + directory + ", and the stack wants "
                            + WANTED_BYTES / (1024 * 1024) + " MiB. Make room, or name another directory with --data.");
        }
    }

    private static StackEndpoints endpoints(Ports ports) {
        return new StackEndpoints(
                Ports.HOST + ":" + ports.kafka(),
                URI.create("http://" + Ports.HOST + ":" + ports.connect()),
                URI.create("http://" + Ports.HOST + ":" + ports.registry()),
                "jdbc:postgresql://" + Ports.HOST + ":" + ports.postgres() + "/postgres",
                "postgres",
                URI.create("http://" + Ports.HOST + ":" + ports.s3()),
                S3Node.BUCKET);
    }

    private void startParts(
            Path directory, Path binaries, Ports ports, List<String> pluginPath, Consumer<String> progress)
            throws StackException {
        // Postgres and S3 need nothing of Kafka, and Kafka nothing of them.
        FutureTask<@Nullable Void> stores = new FutureTask<>(() -> {
            push(PostgresNode.start(directory.resolve("postgres"), binaries, ports.postgres()));
            progress.accept("Postgres");
            push(S3Node.start(directory.resolve("s3"), ports.s3()));
            progress.accept("S3");
            return null;
        });
        new Thread(stores, "stack-stores").start();
        StackException failure = null;
        try {
            push(KafkaNode.start(directory.resolve("kafka"), ports));
            progress.accept("Kafka");
            push(registry(ports));
            progress.accept("Schema Registry");
            push(ConnectNode.start(ports, endpoints.schemaRegistry(), pluginPath));
            WorkerReady.await(endpoints.connect());
            progress.accept("Kafka Connect");
        } catch (StackException e) {
            failure = e;
        }
        StackException storesFailure = await(stores);
        if (Thread.currentThread().isInterrupted()) {
            throw new StackException("Interrupted while the stack was starting");
        }
        if (storesFailure != null) {
            throw storesFailure;
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** Waits even when interrupted: what has begun to start has to be known before it can be stopped. */
    private static @Nullable StackException await(FutureTask<@Nullable Void> stores) {
        boolean isInterrupted = false;
        try {
            while (true) {
                try {
                    stores.get();
                    return null;
                } catch (InterruptedException e) {
                    isInterrupted = true;
                } catch (ExecutionException e) {
                    return e.getCause() instanceof StackException known ? known : new StackException(e.getMessage(), e);
                }
            }
        } finally {
            if (isInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static SchemaRegistryServer registry(Ports ports) throws StackException {
        try {
            return SchemaRegistryServer.start(new SchemaRegistryServer.Settings(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.registry()),
                    Map.of("bootstrap.servers", Ports.HOST + ":" + ports.kafka()),
                    "_schemas"));
        } catch (RuntimeException e) {
            throw new StackException("The Schema Registry does not start: " + e.getMessage(), e);
        }
    }

    private synchronized void push(AutoCloseable part) {
        parts.push(part);
    }

    @Override
    public StackEndpoints endpoints() {
        return endpoints;
    }

    @Override
    public synchronized void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        // An interrupt asked for this very end; the parts are to stop as they always do.
        boolean isInterrupted = Thread.interrupted();
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
