package io.millrace.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code millrace demo} and {@code millrace local} as processes of their own. */
final class DemoIT {

    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    private Path directory;

    @Test
    void shouldRunFromTheBeginningAfterItWasKilled() throws Exception {
        Path data = directory.resolve("demo");
        Process killed = start("killed", "demo", "--ports", "free", "--data", data.toString());
        awaitFile(data.resolve("stack.json"), killed);
        String pid = Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"))
                .get(0);
        ProcessHandle orphan = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        killed.destroyForcibly().waitFor();
        assertThat(orphan.isAlive()).isTrue();

        Process again = start("again", "demo", "--ports", "free", "--data", data.toString());
        assertThat(again.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(again.exitValue()).as(output("again")).isZero();
        assertThat(output("again"))
                .contains("flights     10,000  read", "airports     3,376  read", "In S3, clean/: 10,000 rows in ")
                .containsPattern("In Postgres, table hourly_delay: 9,\\d{3} rows");
        String readme = Files.readString(ROOT.resolve("README.md"));
        String shown = readme.substring(readme.indexOf("```\nflights: run") + 4);
        assertThat(masked(output("again"))).contains(masked(shown.substring(0, shown.indexOf("```"))));
        assertThat(data.resolve("stack.json")).doesNotExist();
        assertThat(orphan.isAlive()).isFalse();
    }

    /** Without what differs from run to run: its name, durations and rates, sizes, how many files there are, and where. */
    private static String masked(String output) {
        return output.replaceAll("run \\d{8}-\\d{6}-[0-9a-f]{4}", "run ID")
                .replaceAll(" *[\\d.]+ s\\b", " N s")
                .replaceAll("[\\d,]+ rows/s", "N rows/s")
                .replaceAll("in \\d+ Parquet files?, [\\d,]+ KiB", "in N Parquet files, N KiB")
                .replaceAll("below \\S+", "below DIRECTORY");
    }

    @Test
    void shouldStayUpUntilAnotherShellTakesItDown() throws Exception {
        Path data = directory.resolve("local");
        Process up = start("up", "local", "up", "--ports", "free", "--data", data.toString());
        awaitFile(data.resolve("stack.json"), up);

        assertThat(run("second", "local", "up", "--ports", "free", "--data", data.toString()))
                .isEqualTo(3);
        assertThat(output("second")).startsWith("millrace: A stack runs on " + data + " already (process " + up.pid());
        assertThat(run("status", "local", "status", "--data", data.toString())).isZero();
        assertThat(output("status"))
                .contains("The embedded stack is up since", "process " + up.pid(), "Schema Registry");
        assertThat(run("down", "local", "down", "--data", data.toString(), "--remove-data"))
                .isZero();
        assertThat(output("down")).isEqualTo("The embedded stack is down; its data is removed from " + data + "\n");
        assertThat(up.isAlive()).isFalse();
        assertThat(data).doesNotExist();
        assertThat(run("none", "local", "status", "--data", data.toString())).isEqualTo(1);
    }

    private int run(String name, String... arguments) throws IOException, InterruptedException {
        Process process = start(name, arguments);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void awaitFile(Path file, Process process) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (!Files.exists(file)) {
            assertThat(process.isAlive()).as("the process that writes %s", file).isTrue();
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(50);
        }
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx768m",
                "-Dmillrace.home=" + ROOT,
                "-Dmillrace.plugin.path=" + System.getProperty("millrace.plugin.path"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.millrace.cli.Millrace"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
    }

    private String output(String name) throws IOException {
        return Files.readString(directory.resolve(name + ".log"), StandardCharsets.UTF_8);
    }
}
