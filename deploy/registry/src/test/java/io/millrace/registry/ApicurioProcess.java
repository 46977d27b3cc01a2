package io.millrace.registry;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Apicurio Registry in a process of its own, with its state in memory. */
final class ApicurioProcess implements AutoCloseable {

    private static final int NEEDED_JAVA = 21;
    private static final Duration START = Duration.ofSeconds(120);

    private final Process process;
    private final URI url;

    private ApicurioProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** The directory of a Java that is new enough for Apicurio, among those that machines usually have. */
    static Optional<Path> newJava() {
        List<Path> homes = new ArrayList<>();
        homes.add(Path.of(System.getProperty("java.home")));
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME")) {
                homes.add(Path.of(value));
            }
        });
        for (String parent :
                List.of("/usr/lib/jvm", "/opt/java", System.getProperty("user.home") + "/.sdkman/candidates/java")) {
            try (Stream<Path> children = Files.list(Path.of(parent))) {
                children.sorted().forEach(homes::add);
            } catch (IOException e) {
                // There is no such directory here.
            }
        }
        return homes.stream().filter(home -> version(home) >= NEEDED_JAVA).findFirst();
    }

    /** The feature version of the Java in {@code home}, 0 when there is none. */
    private static int version(Path home) {
        Properties release = new Properties();
        try (var reader = Files.newBufferedReader(home.resolve("release"))) {
            release.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            return 0;
        }
        String version = release.getProperty("JAVA_VERSION", "0").replace("\"", "");
        try {
            return Files.isExecutable(home.resolve("bin/java")) ? Integer.parseInt(version.split("[.+-]")[0]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    static ApicurioProcess start(Path javaHome, Path directory) throws IOException, InterruptedException {
        int port;
        int managementPort;
        try (ServerSocket first = new ServerSocket(0);
                ServerSocket second = new ServerSocket(0)) {
            port = first.getLocalPort();
            managementPort = second.getLocalPort();
        }
        String host = InetAddress.getLoopbackAddress().getHostAddress();
        File output = directory.resolveSibling("apicurio.log").toFile();
        Process process = new ProcessBuilder(
                        javaHome.resolve("bin/java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=" + host,
                        "-Dquarkus.http.port=" + port,
                        "-Dquarkus.management.host=" + host,
                        "-Dquarkus.management.port=" + managementPort,
                        "-jar",
                        directory.resolve("quarkus-run.jar").toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        ApicurioProcess apicurio =
                new ApicurioProcess(process, URI.create("http://" + host + ":" + port + "/apis/ccompat/v7"));
        try {
            apicurio.awaitAnswer(output);
        } catch (IOException | InterruptedException | RuntimeException e) {
            apicurio.close();
            throw e;
        }
        return apicurio;
    }

    private void awaitAnswer(File output) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url + "/subjects")).build();
        long deadline = System.nanoTime() + START.toNanos();
        @Nullable IOException last = null;
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                last = e;
            }
            Thread.sleep(200);
        }
        throw new IOException("Apicurio does not answer; its output is in " + output, last);
    }

    URI url() {
        return url;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("Interrupted while stopping Apicurio", e));
        }
    }
}
