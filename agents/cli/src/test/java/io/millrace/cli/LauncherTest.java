package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The two scripts of the checkout, on machines that lack what they need. */
final class LauncherTest {

    private record Ended(int code, String output) {}

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"millrace", "mvnw"})
    void shouldSayThatThereIsNoJava(String script) throws Exception {
        Ended ended =
                run(script, Map.of("JAVA_HOME", directory.resolve("nowhere").toString()));
        assertThat(ended)
                .isEqualTo(new Ended(
                        3, script + ": there is no Java here: install a JDK 17 or newer, or set JAVA_HOME to one\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_402", "11.0.2"})
    void shouldSayThatJavaIsTooOld(String version) throws Exception {
        fakeJava("openjdk version \"" + version + "\" 2019-01-15");
        String number = version.startsWith("1.") ? "8" : "11";
        assertThat(run("millrace", Map.of("JAVA_HOME", directory.toString())))
                .isEqualTo(new Ended(
                        3,
                        "millrace: this Java is version " + number
                                + ", but 17 or newer is needed: set JAVA_HOME to one\n"));
    }

    @Test
    void shouldNotTakeAJavaThatDoesNotSayItsVersion() throws Exception {
        fakeJava("no such thing");
        assertThat(run("millrace", Map.of("JAVA_HOME", directory.toString())).output())
                .contains("this Java is version unknown");
    }

    private void fakeJava(String says) throws IOException {
        Path java = directory.resolve("bin").resolve("java");
        Files.createDirectories(java.getParent());
        Files.writeString(java, "#!/bin/sh\necho '" + says + "' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private static Ended run(String script, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of("../..").resolve(script).toString(), "validate", "x.yaml")
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }
}
