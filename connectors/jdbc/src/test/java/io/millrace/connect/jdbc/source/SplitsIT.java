package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.connect.jdbc.JdbcSourceConnector;
import io.millrace.connect.jdbc.TestDatabase;
import io.millrace.connect.jdbc.TestMariaDb;
import io.millrace.connect.jdbc.TestPostgres;
import io.millrace.connect.jdbc.TestSqlite;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that several tasks read, stopped at random. */
@Timeout(300)
final class SplitsIT {

    private static final int ROWS = 6000;
    private static final int TASKS = 3;

    private static Map<String, TestDatabase> databases;

    @BeforeAll
    static void start() {
        databases = Map.of("postgres", new TestPostgres(), "mariadb", new TestMariaDb(), "sqlite", new TestSqlite());
    }

    @AfterAll
    static void stop() {
        databases.values().forEach(TestDatabase::close);
    }

    /** Most keys lie in a small part of their range. */
    private static TestDatabase filled(String name) {
        TestDatabase database = databases.get(name);
        database.empty();
        String series = switch (name) {
            case "postgres" -> "(SELECT g FROM generate_series(1, " + ROWS + ") g) s";
            case "mariadb" -> "(SELECT seq AS g FROM seq_1_to_" + ROWS + ") s";
            default ->
                "(WITH RECURSIVE s(g) AS (SELECT 1 UNION ALL SELECT g + 1 FROM s WHERE g < " + ROWS
                        + ") SELECT g FROM s) s";
        };
        database.run(
                "CREATE TABLE b (id bigint PRIMARY KEY NOT NULL, at timestamp)",
                "INSERT INTO b SELECT CASE WHEN g <= 5900 THEN g ELSE g * 1000 END, '2024-01-01 00:00:00' FROM "
                        + series);
        database.run(name.equals("mariadb") ? "ANALYZE TABLE b" : "ANALYZE");
        return database;
    }

    private static SourceRun source(TestDatabase database, String... more) {
        SourceRun run = new SourceRun(database.config(
                "table",
                "b",
                "topic",
                "t",
                "poll.interval.ms",
                "1",
                "split.rows",
                "1000",
                "overlap.ms",
                "50",
                "batch.size",
                "500"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    @ParameterizedTest
    @CsvSource({
        "postgres, bulk",
        "postgres, incrementing",
        "postgres, timestamp",
        "mariadb, bulk",
        "mariadb, incrementing",
        "mariadb, timestamp",
        "sqlite, bulk",
        "sqlite, incrementing"
    })
    void shouldReadASplitTableOnceAndGoOnWithoutAGap(String name, String mode) {
        // Given
        TestDatabase database = filled(name);
        SourceRun run = switch (mode) {
            case "bulk" -> source(database, "run.mode", "once", "run.id", "r", "end.topic", "ends");
            case "incrementing" -> source(database, "mode", mode, "incrementing.column", "id");
            default -> source(database, "mode", mode, "timestamp.column", "at");
        };
        Random random = new Random(mode.hashCode());

        // When
        for (int round = 0; round < 5; round++) {
            List<JdbcSourceTask> tasks = run.startAll(TASKS);
            assertThat(tasks).hasSize(TASKS);
            tasks.forEach(task -> run.poll(task, random.nextInt(900)));
            tasks.forEach(JdbcSourceTask::stop);
            if (round == 3 && !mode.equals("bulk")) {
                database.run("INSERT INTO b VALUES (9000001, '2024-01-02 00:00:00')");
            }
        }
        List<JdbcSourceTask> tasks = run.startAll(TASKS);
        int rows = database.rows("SELECT id FROM b").size();
        for (int i = 0; i < 30 && run.of("t").size() < rows; i++) {
            tasks.forEach(task -> run.poll(task, Integer.MAX_VALUE));
        }
        tasks.forEach(task -> run.poll(task, Integer.MAX_VALUE));
        tasks.forEach(JdbcSourceTask::stop);

        // Then
        assertThat(run.values("id"))
                .containsExactlyInAnyOrderElementsOf(database.rows("SELECT id FROM b").stream()
                        .map(Long::valueOf)
                        .toList());
        Map<String, Long> sizes = run.of("t").stream()
                .collect(Collectors.groupingBy(
                        record -> String.valueOf(record.sourcePartition().get("split")), Collectors.counting()));
        assertThat(sizes).hasSize(TASKS);
        assertThat(sizes.values()).allMatch(size -> size > ROWS / TASKS / 2);
        if (mode.equals("bulk")) {
            assertThat(run.of("ends")).hasSize(TASKS);
        }
    }

    @Test
    void shouldGoOnByItsPlanWithOtherNumbersOfTasks() {
        TestDatabase database = filled("postgres");
        SourceRun run = source(database, "mode", "incrementing", "incrementing.column", "id");
        for (int tasks : new int[] {3, 1, 2}) {
            List<JdbcSourceTask> started = run.startAll(tasks);
            assertThat(started).hasSize(tasks);
            started.forEach(task -> run.poll(task, 700));
            started.forEach(JdbcSourceTask::stop);
        }
        JdbcSourceTask last = run.startAll(1).get(0);
        run.readUntil(last, ROWS);
        last.stop();
        assertThat(run.values("id")).hasSize(ROWS).doesNotHaveDuplicates();
    }

    @Test
    void shouldNotSplitASmallTable() {
        TestDatabase database = filled("postgres");
        SourceRun run = source(database, "split.rows", "100000", "run.mode", "once", "run.id", "r");
        List<JdbcSourceTask> tasks = run.startAll(TASKS);
        assertThat(tasks).hasSize(1);
        run.poll(tasks.get(0), Integer.MAX_VALUE);
        tasks.get(0).stop();
        assertThat(run.values("id")).hasSize(ROWS);
    }

    @Test
    void shouldNoticeNewAndDroppedTables() throws InterruptedException {
        TestDatabase database = databases.get("postgres");
        database.empty();
        database.run("CREATE TABLE one (id bigint PRIMARY KEY)");
        SourceRun run = new SourceRun(
                database.config("tables.include", "one,two", "topic", "${table}", "tables.interval.ms", "100"));
        JdbcSourceConnector connector = run.connector();
        assertThat(connector.taskConfigs(5)).hasSize(1);
        database.run("CREATE TABLE two (id bigint PRIMARY KEY)");
        for (int i = 0; i < 100 && run.reconfigurations.get() == 0; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(run.reconfigurations).hasValue(1);
        assertThat(connector.taskConfigs(5)).hasSize(2);
        database.run("DROP TABLE one");
        for (int i = 0; i < 100 && run.reconfigurations.get() == 1; i++) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(connector.taskConfigs(5)).hasSize(1);
        connector.stop();
        assertThat(run.reconfigurations).hasValue(2);
    }

    @Test
    void shouldReadTheOtherTablesOnWhenOneIsDropped() {
        TestDatabase database = databases.get("postgres");
        database.empty();
        database.run(
                "CREATE TABLE one (id bigint PRIMARY KEY)",
                "CREATE TABLE two (id bigint PRIMARY KEY)",
                "INSERT INTO one VALUES (1)",
                "INSERT INTO two VALUES (2)");
        SourceRun run = new SourceRun(database.config(
                "tables.include",
                "one,two",
                "topic",
                "${table}",
                "mode",
                "incrementing",
                "incrementing.column",
                "id",
                "poll.interval.ms",
                "1"));
        JdbcSourceTask task = run.startAll(1).get(0);
        run.readUntil(task, 2);
        database.run("DROP TABLE one", "INSERT INTO two VALUES (3)");
        run.readUntil(task, 3);
        task.stop();
        assertThat(run.of("two")).hasSize(2);
    }

    @Test
    void shouldReadSeveralTablesEachToItsTopic() {
        TestDatabase database = databases.get("postgres");
        database.empty();
        database.run(
                "CREATE TABLE orders_a (id bigint PRIMARY KEY)",
                "INSERT INTO orders_a SELECT generate_series(1, 5)",
                "CREATE TABLE orders_b (no int PRIMARY KEY, note text)",
                "INSERT INTO orders_b VALUES (7, 'x')",
                "CREATE TABLE orders_old (id int)",
                "CREATE TABLE other (id int)");
        SourceRun run = new SourceRun(database.config(
                "tables.include",
                "orders_.*",
                "tables.exclude",
                "public\\.orders_old",
                "topic",
                "shop.${table}",
                "mode",
                "incrementing",
                "incrementing.column",
                "id",
                "table.orders_b.incrementing.column",
                "no",
                "table.orders_b.key.columns",
                "no",
                "poll.interval.ms",
                "1"));
        List<JdbcSourceTask> tasks = run.startAll(5);
        assertThat(tasks).hasSize(2);
        tasks.forEach(task -> run.poll(task, Integer.MAX_VALUE));
        database.run("INSERT INTO orders_a VALUES (6)");
        tasks.forEach(task -> run.poll(task, Integer.MAX_VALUE));
        tasks.forEach(task -> run.poll(task, Integer.MAX_VALUE));
        tasks.forEach(JdbcSourceTask::stop);
        assertThat(run.of("shop.orders_a").stream().map(record -> ((Struct) record.value()).get("id")))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 6).boxed().toList());
        SourceRecord order = run.of("shop.orders_b").get(0);
        assertThat(((Struct) order.key()).get("no")).isEqualTo(7);
        assertThat(order.sourcePartition()).isEqualTo(Map.of("table", "public.orders_b"));
        assertThat(run.records).hasSize(7);
    }
}
