package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Measures how long a million rows of a table take through the Avro converter, and by way of Avro's records. {@code java -cp …
 * io.millrace.benchmarks.ConverterBenchmark [FILE [ROUNDS [JVM OPTION …]]]} prints a table and writes JSON to the file.
 */
public final class ConverterBenchmark {

    private static final int ROUNDS = 3;

    private ConverterBenchmark() {}

    /** Runs the rounds, each way in turn, so that what else the machine does meets all. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        List<String> options = List.of(arguments).subList(Math.min(2, arguments.length), arguments.length);
        Rounds converter = new Rounds(ConverterRound.class, options);
        Summary summary = new Summary();
        for (int round = 0; round < rounds; round++) {
            for (ConverterRound.Way way : ConverterRound.Way.values()) {
                converter.run(way.name(), summary);
            }
        }
        System.out.print(summary.table());
        System.out.printf(
                Locale.ROOT,
                "Writing is %.1f times as fast as by records, reading %.1f times.%n",
                summary.ratio(ConverterRound.Way.WRITE_BY_RECORDS.title(), ConverterRound.Way.WRITE.title()),
                summary.ratio(ConverterRound.Way.READ_BY_RECORDS.title(), ConverterRound.Way.READ.title()));
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), summary.json());
        }
    }
}
