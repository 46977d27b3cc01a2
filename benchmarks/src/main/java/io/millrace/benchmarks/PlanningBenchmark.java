package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        Rounds planning = new Rounds(PlanningRound.class, options);
        Summary summary = new Summary();
        for (int round = 0; round < rounds; round++) {
            planning.run(PlanningRound.COLD, summary);
            planning.run(PlanningRound.WARM, summary);
        }
        System.out.print(summary.table());
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), summary.json());
        }
    }
}
