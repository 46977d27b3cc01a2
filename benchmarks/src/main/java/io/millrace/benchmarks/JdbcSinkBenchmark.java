package io.millrace.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Measures how long the JDBC sink takes to write rows to PostgreSQL, beside a bare loop that sends the same rows, encoded before.
 * {@code java -cp … io.millrace.benchmarks.JdbcSinkBenchmark [FILE [ROUNDS [ROWS [BATCH [PUT]]]]]} prints a table and writes JSON to
 * the file; BATCH is the sink's {@code batch.size}, PUT how many records it is handed at once.
 */
public final class JdbcSinkBenchmark {

    private static final int ROUNDS = 5;
    private static final String ROWS = "200000";
    private static final String BATCH = "3000";

    private JdbcSinkBenchmark() {}

    /** Runs the rounds, each in a JVM and on a server of its own. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : ROUNDS;
        String rows = arguments.length > 2 ? arguments[2] : ROWS;
        String batch = arguments.length > 3 ? arguments[3] : BATCH;
        String put = arguments.length > 4 ? arguments[4] : batch;
        Summary summary = new Summary();
        for (int round = 0; round < rounds; round++) {
            try (EmbeddedPostgres server = EmbeddedPostgres.builder().start()) {
                new Rounds(JdbcSinkRound.class, List.of("-Xmx1g"))
                        .run(String.join(" ", server.getJdbcUrl("postgres", "postgres"), rows, batch, put), summary);
            }
        }
        System.out.print(summary.table());
        if (arguments.length > 0) {
            Files.writeString(Path.of(arguments[0]), summary.json());
        }
    }
}
