package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.TestDatabase;
import io.millrace.connect.jdbc.TestMariaDb;
import io.millrace.connect.jdbc.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Transactions that commit in any order while a source reads and is stopped: each row is read once. */
@Timeout(300)
final class LateCommitsIT {

    private static final int SESSIONS = 5;
    private static final int STEPS = 400;

    private static TestPostgres postgres;
    private static TestMariaDb mariaDb;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres();
        mariaDb = new TestMariaDb();
    }

    @AfterAll
    static void stop() {
        postgres.close();
        mariaDb.close();
    }

    private static TestDatabase database(String name) {
        return name.equals("postgres") ? postgres : mariaDb;
    }

    /** Databases and seeds; {@code -Dmillrace.late.seeds} says how many. */
    static Stream<Arguments> seeds() {
        int seeds = Integer.getInteger("millrace.late.seeds", 3);
        return Stream.of("postgres", "mariadb")
                .flatMap(name -> IntStream.rangeClosed(1, seeds).mapToObj(seed -> Arguments.of(name, seed)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadEachNewRowOnce(String name, int seed) throws SQLException {
        boolean isDense = seed % 3 != 0;
        // Given
        TestDatabase database = database(name);
        database.empty();
        database.run(
                "CREATE TABLE a (id bigint PRIMARY KEY, n int)",
                "CREATE TABLE ids (next bigint)",
                "INSERT INTO ids VALUES (0)");
        database.run(
                name.equals("postgres")
                        ? "CREATE TABLE b (id bigserial PRIMARY KEY, n int)"
                        : "CREATE TABLE b (id bigint AUTO_INCREMENT PRIMARY KEY, n int)");
        if (!isDense) {
            database.run(
                    name.equals("postgres")
                            ? "ALTER SEQUENCE b_id_seq INCREMENT BY 7"
                            : "SET GLOBAL auto_increment_increment = 7");
        }
        SourceRun run = new SourceRun(database.config(
                "table",
                "b",
                "topic",
                "t",
                "mode",
                "incrementing",
                "incrementing.column",
                "id",
                "poll.interval.ms",
                "1",
                "overlap.ms",
                "0",
                "batch.size",
                "4"));

        // When
        play(database, run, seed, "INSERT INTO b (n) VALUES (%d)");

        // Then
        assertThat(ids(run))
                .as("seed " + seed)
                .containsExactlyInAnyOrderElementsOf(numbers(database.rows("SELECT id FROM b")));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void shouldReadEachChangeOnce(String name, int seed) throws SQLException {
        String clock = name.equals("postgres")
                ? (seed % 2 == 0 ? "clock_timestamp()" : "now()")
                : (seed % 2 == 0 ? "sysdate(6)" : "now(6)");
        // Given
        TestDatabase database = database(name);
        database.empty();
        database.run("CREATE TABLE b (id int PRIMARY KEY, n int, at timestamp(6))");
        for (int id = 0; id < 8; id++) {
            database.run("INSERT INTO b VALUES (" + id + ", 0, " + clock + ")");
        }
        SourceRun run = new SourceRun(database.config(
                "table",
                "b",
                "topic",
                "t",
                "mode",
                "timestamp",
                "timestamp.column",
                "at",
                "poll.interval.ms",
                "1",
                "overlap.ms",
                "50",
                "batch.size",
                "4"));

        // When
        play(database, run, seed, "INSERT INTO b VALUES (100 + %d, 0, " + clock + ")");
        for (int round = 0; round < 40; round++) {
            database.run("UPDATE b SET n = n + 1, at = " + clock + " WHERE id = " + round % 8);
            JdbcSourceTask task = run.start();
            run.poll(task, round % 3 + 1);
            task.stop();
        }
        settle(run);

        // Then
        List<String> versions = run.records.stream()
                .map(record -> (Struct) record.value())
                .map(row -> row.get("id") + "|" + row.get("n"))
                .toList();
        assertThat(versions).as("seed " + seed).doesNotHaveDuplicates();
        assertThat(versions).containsAll(database.rows("SELECT id, n FROM b"));
    }

    /** More rows of one time than an offset holds, then rows of a later one. */
    @Test
    void shouldGetPastManyRowsOfOneTime() {
        postgres.empty();
        postgres.run(
                "CREATE TABLE b (id int PRIMARY KEY, at timestamp)",
                "INSERT INTO b SELECT g, '2024-01-01' FROM generate_series(1, 60000) g");
        SourceRun run = new SourceRun(postgres.config(
                "table",
                "b",
                "topic",
                "t",
                "mode",
                "timestamp",
                "timestamp.column",
                "at",
                "poll.interval.ms",
                "10",
                "overlap.ms",
                "50"));
        JdbcSourceTask task = run.start();
        run.readUntil(task, 60_000);
        postgres.run("INSERT INTO b VALUES (0, '2024-01-02')");
        run.readUntil(task, 60_001);
        task.stop();
        settle(run);
        assertThat(run.values("id")).hasSize(60_001).doesNotHaveDuplicates();
    }

    /** A transaction that is prepared goes by another name from then on. */
    @Test
    void shouldWaitForATransactionThatIsPrepared() throws SQLException {
        postgres.empty();
        postgres.run("CREATE TABLE b (id serial PRIMARY KEY, n int)");
        SourceRun run = new SourceRun(postgres.config(
                "table",
                "b",
                "topic",
                "t",
                "mode",
                "incrementing",
                "incrementing.column",
                "id",
                "poll.interval.ms",
                "10",
                "overlap.ms",
                "10"));
        JdbcSourceTask task = run.start();
        try (Connection late = postgres.connect()) {
            late.setAutoCommit(false);
            late.createStatement().execute("INSERT INTO b (n) VALUES (1)");
            postgres.run("INSERT INTO b (n) VALUES (2)");
            run.poll(task, 100);
            late.createStatement().execute("PREPARE TRANSACTION 'late'");
        }
        for (int i = 0; i < 20; i++) {
            postgres.run("INSERT INTO b (n) VALUES (2)");
            run.poll(task, 100);
        }
        postgres.run("COMMIT PREPARED 'late'");
        run.readUntil(task, 22);
        task.stop();
        assertThat(ids(run)).hasSize(22).doesNotHaveDuplicates();
    }

    /** A view has no writers of its own. */
    @Test
    void shouldWaitForWritersBehindAView() throws SQLException {
        postgres.empty();
        postgres.run("CREATE TABLE b (id serial PRIMARY KEY, n int)", "CREATE VIEW v AS SELECT * FROM b");
        for (String table : List.of("v", "b")) {
            SourceRun run = new SourceRun(postgres.config(
                    "table",
                    table,
                    "topic",
                    "t",
                    "mode",
                    "incrementing",
                    "incrementing.column",
                    "id",
                    "poll.interval.ms",
                    "10",
                    "overlap.ms",
                    "10"));
            try (Connection late = postgres.connect()) {
                late.setAutoCommit(false);
                late.createStatement().execute("INSERT INTO b (n) VALUES (1)");
                JdbcSourceTask task = run.start();
                for (int i = 0; i < 20; i++) {
                    postgres.run("INSERT INTO b (n) VALUES (2)");
                    run.poll(task, 100);
                }
                late.commit();
                run.readUntil(task, postgres.rows("SELECT id FROM b").size());
                task.stop();
            }
            assertThat(ids(run))
                    .doesNotHaveDuplicates()
                    .hasSize(postgres.rows("SELECT id FROM b").size());
        }
    }

    /** Sessions that insert, commit and take back at random, and a source that is stopped at random in between. */
    private static void play(TestDatabase database, SourceRun run, long seed, String insert) throws SQLException {
        Random random = new Random(seed);
        List<Connection> sessions = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Connection session = database.connect();
            session.setAutoCommit(false);
            sessions.add(session);
        }
        JdbcSourceTask task = run.start();
        for (int step = 0; step < STEPS; step++) {
            Connection session = sessions.get(random.nextInt(SESSIONS));
            int what = random.nextInt(10);
            if (what < 5) {
                try (Statement statement = session.createStatement()) {
                    statement.execute(insert.formatted(step));
                }
            } else if (what < 6) {
                session.commit();
            } else if (what < 7 && random.nextInt(3) == 0) {
                session.rollback();
            } else if (what < 9) {
                if (!run.poll(task, 1 + random.nextInt(20))) {
                    task = restart(run, task);
                }
            } else {
                task = restart(run, task);
            }
        }
        task.stop();
        for (Connection session : sessions) {
            session.commit();
            session.close();
        }
        settle(run);
    }

    /** What was polled and not acknowledged is gone with a task. */
    private static JdbcSourceTask restart(SourceRun run, JdbcSourceTask task) {
        task.stop();
        return run.start();
    }

    private static void settle(SourceRun run) {
        for (int i = 0; i < 4; i++) {
            JdbcSourceTask task = run.start();
            run.poll(task, Integer.MAX_VALUE);
            run.poll(task, Integer.MAX_VALUE);
            task.stop();
        }
    }

    private static List<Object> ids(SourceRun run) {
        return run.values("id");
    }

    private static Set<Object> numbers(List<String> texts) {
        Set<Object> numbers = new TreeSet<>();
        texts.forEach(text -> numbers.add(Long.valueOf(text)));
        return new HashSet<>(numbers);
    }
}
