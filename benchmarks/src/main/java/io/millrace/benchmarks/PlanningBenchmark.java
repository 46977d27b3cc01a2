package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how long pipelines take to be planned and checked. {@code java -cp … io.millrace.benchmarks.PlanningBenchmark [FILE
 * [ROUNDS [JVM OPTION …]]]} prints a table and writes JSON to the file.
 */
public final class PlanningBenchmark {

    private static final int ROUNDS = 5;

    private PlanningBenchmark() {}

    /** Runs the rounds, each kind in turn, so that what else the machine does meets both. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<String> options = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
        Summary summary = new Summary();
        for (int round = 0; round < rounds; round++) {
            run(PlanningRound.COLD, options, summary);
            run(PlanningRound.WARM, options, summary);
        }
        System.out.print(summary.table());
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), summary.json());
        }
    }

    private static void run(String kind, List<String> options, Summary summary)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PlanningRound.class.getName(), kind));
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
