package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.JdbcSourceConnector;
import io.millrace.connect.jdbc.TestPostgres;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables whose columns change under a source, places where reading begins, and offsets that somebody sets. */
@Timeout(120)
final class TableChangesIT {

    private static TestPostgres postgres;

    @BeforeAll
    static void start() {
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    @BeforeEach
    void fill() {
        postgres.empty();
        postgres.run(
                "CREATE TABLE a (id serial PRIMARY KEY, n int, at timestamp DEFAULT '2024-01-01')",
                "INSERT INTO a (n) VALUES (1), (2)");
    }

    private static SourceRun source(String... more) {
        SourceRun run = new SourceRun(postgres.config(
                "table",
                "a",
                "topic",
                "t",
                "mode",
                "incrementing",
                "incrementing.column",
                "id",
                "poll.interval.ms",
                "20"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    private static List<String> fields(SourceRecord record) {
        return record.valueSchema().fields().stream().map(Field::name).toList();
    }

    @Test
    void shouldTakeUpNewAndDroppedColumnsWithoutAStop() {
        SourceRun run = source();
        JdbcSourceTask task = run.start();
        run.readUntil(task, 2);
        postgres.run(
                "ALTER TABLE a ADD note text, ALTER n TYPE bigint", "INSERT INTO a (n, note) VALUES (3000000000, 'x')");
        run.readUntil(task, 3);
        postgres.run("ALTER TABLE a DROP at, DROP n", "INSERT INTO a (note) VALUES ('y')");
        run.readUntil(task, 4);
        run.poll(task, 10);
        task.stop();
        assertThat(run.values("id")).containsExactly(1, 2, 3, 4);
        assertThat(fields(run.records.get(1))).containsExactly("id", "n", "at");
        assertThat(fields(run.records.get(3))).containsExactly("id", "note");
    }

    @Test
    void shouldStopBeforeAChangeThatBreaksReaders() {
        SourceRun run = source("schema.change", "fail");
        JdbcSourceTask task = run.start();
        run.readUntil(task, 2);
        postgres.run("ALTER TABLE a ALTER n TYPE text", "INSERT INTO a (n) VALUES ('three')");
        assertThatThrownBy(() -> run.readUntil(task, 3))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("n is STRING instead of INT")
                .hasMessageContaining("schema.change=fail");
        task.stop();
        assertThat(run.records).hasSize(2);
    }

    @Test
    void shouldWaitUntilAChangeIsTakenBack() {
        SourceRun run = source("schema.change", "pause");
        JdbcSourceTask task = run.start();
        run.readUntil(task, 2);
        postgres.run("ALTER TABLE a ALTER n TYPE text", "INSERT INTO a (n) VALUES ('x'), ('4')");
        for (int i = 0; i < 5; i++) {
            run.poll(task, 10);
        }
        assertThat(run.records).hasSize(2);
        postgres.run("UPDATE a SET n = '3' WHERE n = 'x'", "ALTER TABLE a ALTER n TYPE int USING n::int");
        run.readUntil(task, 4);
        task.stop();
        assertThat(run.values("n")).containsExactly(1, 2, 3, 4);
    }

    @Test
    void shouldBeginWhereItIsTold() {
        assertThat(source("start", "1").read().values("id")).containsExactly(2);
        SourceRun run = source("start", "latest");
        JdbcSourceTask task = run.start();
        run.poll(task, 10);
        postgres.run("INSERT INTO a (n) VALUES (3)");
        run.readUntil(task, 1);
        task.stop();
        assertThat(run.values("id")).containsExactly(3);
        postgres.run("UPDATE a SET at = '2024-05-01' WHERE id = 2");
        SourceRun later = new SourceRun(postgres.config(
                "table", "a", "topic", "t", "mode", "timestamp", "timestamp.column", "at", "start", "2024-04-01"));
        assertThat(later.read().values("id")).containsExactly(2);
    }

    @Test
    void shouldSayWhereRowsComeFrom() {
        SourceRun run = source("source.headers", "true").read();
        Map<String, Object> headers = new java.util.TreeMap<>();
        for (Header header : run.records.get(0).headers()) {
            headers.put(header.key(), header.value());
        }
        assertThat(headers)
                .containsEntry("millrace.source.schema", "public")
                .containsEntry("millrace.source.table", "a")
                .containsKeys("millrace.source.database", "millrace.source.read.at");
        assertThat(source().read().records.get(0).headers()).isEmpty();
    }

    @Test
    void shouldReadAQuery() {
        SourceRun run = new SourceRun(postgres.config(
                "query",
                "SELECT id, n * 10 AS tens FROM a WHERE n < 3;",
                "topic",
                "t",
                "mode",
                "incrementing",
                "incrementing.column",
                "id",
                "poll.interval.ms",
                "1",
                "overlap.ms",
                "10"));
        run.read();
        postgres.run("INSERT INTO a (n) VALUES (0), (7)");
        run.read();
        assertThat(run.values("tens")).containsExactly(10, 20, 0);
    }

    @Test
    void shouldTakeOffsetsThatItCanGoOnFromOnly() {
        Map<String, String> config =
                postgres.config("table", "a", "topic", "t", "mode", "incrementing", "incrementing.column", "id");
        JdbcSourceConnector connector = new JdbcSourceConnector();
        Map<String, String> partition = Map.of("table", "a");
        assertThat(connector.alterOffsets(config, Map.of(partition, Map.of("incrementing", 1))))
                .isTrue();
        assertThat(connector.alterOffsets(config, Collections.singletonMap(partition, null)))
                .isTrue();
        for (Map<String, ?> offset : List.of(
                Map.of("id", 1),
                Map.of("incrementing", List.of()),
                Map.of("incrementing", 1, "incrementing.column", "n"))) {
            assertThatThrownBy(() -> connector.alterOffsets(config, Map.of(partition, offset)))
                    .as(new TreeSet<>(offset.keySet()).toString())
                    .isInstanceOf(ConnectException.class);
        }
        assertThatThrownBy(
                        () -> connector.alterOffsets(config, Map.of(Map.of("tabel", "a"), Map.of("incrementing", 1))))
                .hasMessageContaining("is none of this connector");
        config.put("mode", "timestamp");
        config.remove("incrementing.column");
        config.put("timestamp.column", "at");
        assertThatThrownBy(() -> connector.alterOffsets(config, Map.of(partition, Map.of("timestamp", "yesterday"))))
                .hasMessageContaining("'yesterday', which is no time");
    }
}
