package io.millrace.registry;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Schema Registry in this process, for Avro, with Confluent's REST API and its records on the schemas topic.
 *
 * <p>It is meant for one machine: one server to a topic, without authentication or TLS, forwarding or leader election. Where
 * a registry must survive its machine, run Confluent's or another one; it can be put on the same topic once this one is
 * stopped.
 */
public final class SchemaRegistryServer implements AutoCloseable {

    /** The topic that registries keep their schemas in. */
    public static final String DEFAULT_TOPIC = "_schemas";

    private static final String NO_DELAY = "sun.net.httpserver.nodelay";
    private static final Logger LOG = LoggerFactory.getLogger(SchemaRegistryServer.class);

    static {
        // The JDK's server sends an answer's head and body apart, and without this the body waits 40 ms for the
        // client's
        // acknowledgement of the head. It reads the property once, when the first server of the process is made.
        if (System.getProperty(NO_DELAY) == null) {
            System.setProperty(NO_DELAY, "true");
        }
    }

    /**
     * What a server needs to know.
     *
     * @param address where to listen; port 0 takes any that is free
     * @param kafkaClientConfig how to reach Kafka, as its clients are configured; at least {@code bootstrap.servers}
     * @param topic where the schemas are; made, compacted and with one partition, when it is missing
     */
    public record Settings(InetSocketAddress address, Map<String, Object> kafkaClientConfig, String topic) {

        public Settings {
            kafkaClientConfig = Map.copyOf(kafkaClientConfig);
            if (address.isUnresolved()) {
                throw new IllegalArgumentException("The Schema Registry cannot listen at " + address.getHostString()
                        + ", which is not the name of an address");
            }
            if (!kafkaClientConfig.containsKey("bootstrap.servers")) {
                throw new IllegalArgumentException("The Schema Registry needs bootstrap.servers to reach Kafka");
            }
            if (topic.isBlank()) {
                throw new IllegalArgumentException("The Schema Registry needs the name of a topic for its schemas");
            }
        }
    }

    private final HttpServer http;
    private final ExecutorService workers;
    private final SchemaLog log;

    private SchemaRegistryServer(HttpServer http, ExecutorService workers, SchemaLog log) {
        this.http = http;
        this.workers = workers;
        this.log = log;
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws UncheckedIOException when it cannot listen at the address, caused by a {@link BindException} that says so
     * @throws IllegalStateException when Kafka does not answer, or the topic cannot be used
     */
    public static SchemaRegistryServer start(Settings settings) {
        HttpServer http = listen(settings.address());
        SchemaLog log;
        try {
            log = KafkaSchemaLog.open(settings.kafkaClientConfig(), settings.topic(), KafkaSchemaLog.Timeouts.DEFAULT);
        } catch (SchemaLogException e) {
            http.stop(0);
            throw notStarted(e);
        }
        return start(http, log);
    }

    /** Starts a server on any log, which it closes in the end. */
    static SchemaRegistryServer start(InetSocketAddress address, SchemaLog log) {
        return start(listen(address), log);
    }

    private static SchemaRegistryServer start(HttpServer http, SchemaLog log) {
        ExecutorService workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "schema-registry-http");
            thread.setDaemon(true);
            return thread;
        });
        SchemaRegistryServer server = new SchemaRegistryServer(http, workers, log);
        try {
            Registry registry = new Registry(log);
            registry.start();
            http.createContext("/", new HttpFrontend(routes(registry)));
            http.setExecutor(workers);
            http.start();
        } catch (SchemaLogException e) {
            server.close();
            throw notStarted(e);
        }
        LOG.info("The Schema Registry answers at {}", server.url());
        return server;
    }

    private static HttpServer listen(InetSocketAddress address) {
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            BindException clear = new BindException(
                    "The Schema Registry cannot listen at " + address.getHostString() + ":" + address.getPort() + " ("
                            + e.getMessage() + "): stop what listens there, or choose another port");
            clear.initCause(e);
            throw new UncheckedIOException(clear.getMessage(), clear);
        } catch (IOException e) {
            throw new UncheckedIOException("The Schema Registry cannot listen at " + address, e);
        }
    }

    private static IllegalStateException notStarted(SchemaLogException e) {
        return new IllegalStateException("The Schema Registry cannot be started: " + e.getMessage(), e);
    }

    private static Router routes(Registry registry) {
        Router router = new Router();
        router.on("GET", "/", request -> ApiResponse.json(Map.of()));
        router.on("POST", "/", request -> ApiResponse.json(Map.of()));
        new SubjectEndpoints(registry).addTo(router);
        new SchemaEndpoints(registry).addTo(router);
        new CompatibilityEndpoints(registry).addTo(router);
        new LevelEndpoints(registry).addTo(router);
        return router;
    }

    /** Where clients reach it, for their {@code schema.registry.url}. */
    public URI url() {
        InetSocketAddress address = http.getAddress();
        InetAddress host =
                address.getAddress().isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address.getAddress();
        try {
            return new URI("http", null, host.getHostAddress(), address.getPort(), null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalStateException("No URL can be made of " + address, e);
        }
    }

    /** Stops answering, then closes the log. Requests that are under way are cut off; what was answered is in the log. */
    @Override
    public void close() {
        http.stop(0);
        workers.shutdownNow();
        log.close();
    }
}
