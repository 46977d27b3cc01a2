package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Rounds in JVMs of their own, one after the other.
 *
 * @param main the class whose {@code main} prints measurements, a line each
 * @param options of the JVM
 */
record Rounds(Class<?> main, List<String> options) {

    /** Runs one. */
    void run(String kind, Summary summary) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), kind));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exitCode = process.waitFor();
        if (exitCode != 0) {
            throw new IllegalStateException("A round ended with exit code " + exitCode);
        }
        output.lines().map(Measurement::read).forEach(summary::add);
    }
}
