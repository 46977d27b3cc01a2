package io.millrace.connect.jdbc.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.TestPostgres;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class JdbcSourceIT {

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
    void empty() {
        postgres.run(
                "DROP SCHEMA public CASCADE", "CREATE SCHEMA public", "DROP SCHEMA IF EXISTS \"other.one\" CASCADE");
    }

    private static SourceRun source(String... more) {
        SourceRun run = new SourceRun(postgres.config("table", "a", "topic", "t", "poll.interval.ms", "1"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    private static SourceRun once(String... more) {
        return source(more).with("run.mode", "once").with("run.id", "r1").with("end.topic", "ends");
    }

    private static List<Object> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().map(Object.class::cast).toList();
    }

    @Test
    void shouldReadEveryRowOnceInKeyOrderThroughAStopAtEachRow() {
        postgres.run(
                "CREATE TABLE a (region text, n bigint, note text, PRIMARY KEY (region, n))",
                "INSERT INTO a SELECT CASE WHEN g > 10 THEN 'West' ELSE 'east é''s' END, g, 'n' || g FROM generate_series(1, 23) g");
        for (String batch : List.of("1", "4", "1000")) {
            SourceRun run = once("key.columns", "region,n", "batch.size", batch).readWithStops();
            assertThat(run.values("n"))
                    .isEqualTo(postgres.rows("SELECT n FROM a ORDER BY region, n").stream()
                            .map(Long::valueOf)
                            .toList());
            SourceRecord first = run.records.get(0);
            assertThat(first.sourcePartition()).isEqualTo(Map.of("table", "a", "run", "r1"));
            Struct key = (Struct) first.key();
            assertThat(first.sourceOffset())
                    .isEqualTo(Map.of("pass", 1L, "key.region", key.get("region"), "key.n", key.get("n")));
        }
    }

    @Test
    void shouldReadAgainInAnotherRunOnly() {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY)", "INSERT INTO a SELECT generate_series(1, 5)");
        SourceRun run = once("key.columns", "id").read();
        assertThat(run.read().values("id")).isEqualTo(numbers(1, 5));
        run.with("run.id", "r2").read();
        assertThat(run.values("id")).hasSize(10);
    }

    @Test
    void shouldTellTheEndAfterTheLastAcknowledgement() throws InterruptedException {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY)", "INSERT INTO a SELECT generate_series(1, 3)");
        SourceRun run = once();
        JdbcSourceTask task = run.start();
        List<SourceRecord> rows = task.poll();
        assertThat(rows).hasSize(3);
        assertThat(task.poll()).isNull();
        assertThat(task.poll()).isNull();
        rows.forEach(row -> task.commitRecord(row, null));
        List<SourceRecord> end = task.poll();
        assertThat(end).hasSize(1);
        assertThat(end.get(0).topic()).isEqualTo("ends");
        assertThat(((Struct) end.get(0).value()).getInt64("records")).isEqualTo(3);
        assertThat(task.poll()).isNull();
        task.stop();
    }

    @Test
    void shouldTellTheEndOfAnEmptyTable() {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY)");
        SourceRun run = once();
        JdbcSourceTask task = run.start();
        run.poll(task, 10);
        run.poll(task, 10);
        assertThat(run.of("ends")).hasSize(1);
        task.stop();
        run.read();
        assertThat(run.of("ends")).hasSize(1);
    }

    @Test
    void shouldReadTheWholeTableAgainAfterTheInterval() {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY, n int)", "INSERT INTO a VALUES (1, 1), (2, 1)");
        SourceRun run = source();
        JdbcSourceTask task = run.start();
        run.poll(task, 10);
        postgres.run("UPDATE a SET n = 2", "INSERT INTO a VALUES (3, 2)");
        run.readUntil(task, 5);
        task.stop();
        assertThat(run.values("id").subList(0, 5)).isEqualTo(List.<Object>of(1L, 2L, 1L, 2L, 3L));
        assertThat(run.values("n").subList(0, 5)).isEqualTo(List.<Object>of(1, 1, 2, 2, 2));
        assertThat(run.records.get(4).sourceOffset()).isEqualTo(Map.of("pass", 2L, "key.id", 3L));
    }

    @Test
    void shouldPageByThePrimaryKeyWhenTheKeyColumnsAreNotUnique() {
        postgres.run(
                "CREATE TABLE a (airport text, id int PRIMARY KEY)",
                "INSERT INTO a SELECT 'x', g FROM generate_series(1, 9) g");
        SourceRun run =
                once("key.columns", "airport", "columns", "airport STRING").readWithStops();
        assertThat(run.values("airport")).hasSize(9);
        assertThat(run.records.get(8).sourceOffset()).isEqualTo(Map.of("pass", 1L, "key.id", 9L));
    }

    @Test
    void shouldKeepTheTablesOrderWhenNumbersAreReadAsText() {
        postgres.run("CREATE TABLE a (id int PRIMARY KEY)", "INSERT INTO a SELECT generate_series(1, 11)");
        SourceRun run = once("columns", "id STRING", "batch.size", "4").readWithStops();
        assertThat(run.values("id")).hasSize(11).startsWith("1", "2").endsWith("11");
    }

    @Test
    void shouldReadAViewInOneSnapshot() {
        postgres.run(
                "CREATE TABLE b (id bigint)",
                "INSERT INTO b SELECT generate_series(1, 10)",
                "CREATE VIEW a AS SELECT id FROM b ORDER BY id");
        SourceRun run = once("batch.size", "3");
        JdbcSourceTask task = run.start();
        run.poll(task, 3);
        postgres.run("INSERT INTO b VALUES (11)");
        run.readUntil(task, 10);
        run.poll(task, 10);
        run.poll(task, 10);
        assertThat(run.of("ends")).hasSize(1);
        task.stop();
        assertThat(run.values("id")).hasSize(10).containsAll(numbers(4, 10));
    }

    @Test
    void shouldReadNewRowsByAColumnThatGrows() {
        postgres.run(
                "CREATE TABLE a (id bigserial PRIMARY KEY, n int)", "INSERT INTO a(n) SELECT generate_series(1, 20)");
        SourceRun run = source("mode", "incrementing", "incrementing.column", "id", "batch.size", "3")
                .readWithStops();
        assertThat(run.values("id")).isEqualTo(numbers(1, 20));
        assertThat(run.records.get(19).sourceOffset())
                .isEqualTo(Map.of("incrementing.column", "id", "seen", "1..19", "page", "20", "rows", 1));
        JdbcSourceTask task = run.start();
        assertThat(run.poll(task, 10)).isTrue();
        postgres.run("INSERT INTO a(n) VALUES (21), (22)", "UPDATE a SET n = 0 WHERE id = 1");
        run.readUntil(task, 22);
        task.stop();
        assertThat(run.values("id")).isEqualTo(numbers(1, 22));
    }

    @Test
    void shouldReadOnlyWhatIsNewInTheNextRun() {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY)", "INSERT INTO a SELECT generate_series(1, 5)");
        SourceRun run = once("mode", "incrementing", "incrementing.column", "id");
        JdbcSourceTask task = run.start();
        run.readUntil(task, 6);
        task.stop();
        assertThat(run.of("ends")).hasSize(1);
        postgres.run("INSERT INTO a VALUES (6), (7)");
        run.readWithStops();
        assertThat(run.values("id")).isEqualTo(numbers(1, 5));
        run.with("run.id", "r2").readWithStops();
        assertThat(run.values("id")).isEqualTo(numbers(1, 7));
    }

    @Test
    void shouldGoOnWithinRowsOfOneTimeByTheirKey() {
        postgres.run(
                "CREATE TABLE a (id uuid PRIMARY KEY, at timestamptz)",
                "INSERT INTO a SELECT gen_random_uuid(), timestamptz '2020-01-01 00:00:00.000001+00' + (g / 5) * interval '1 microsecond'"
                        + " FROM generate_series(0, 19) g",
                "INSERT INTO a VALUES (gen_random_uuid(), NULL)");
        SourceRun run = source("mode", "incrementing", "incrementing.column", "at", "batch.size", "3")
                .readWithStops();
        assertThat(run.values("id"))
                .isEqualTo(postgres.rows("SELECT id FROM a WHERE at IS NOT NULL ORDER BY at, id").stream()
                        .map(Object.class::cast)
                        .toList());
    }

    @Test
    void shouldLoseNoRowOfOneValueWhenNothingTellsThemApart() {
        postgres.run(
                "CREATE TABLE a (day date, n bigint)",
                "INSERT INTO a SELECT date '2020-01-01' + (g / 4)::int, g FROM generate_series(0, 11) g");
        SourceRun stopped = source("mode", "incrementing", "incrementing.column", "day", "batch.size", "5");
        SourceRun run = source("mode", "incrementing", "incrementing.column", "day", "batch.size", "5")
                .read();
        assertThat(run.values("n")).containsExactlyInAnyOrderElementsOf(numbers(0, 11));
        assertThat(run.read().values("n")).hasSize(12);
        for (int most : new int[] {3, 6, 5, 100}) {
            JdbcSourceTask task = stopped.start();
            stopped.poll(task, most);
            task.stop();
        }
        assertThat(stopped.values("n")).containsExactlyInAnyOrderElementsOf(numbers(0, 11));
    }

    @Test
    void shouldSendARowThatDoesNotFitToTheDeadLetters() {
        postgres.run(
                "CREATE TABLE a (id int PRIMARY KEY, n numeric(20, 4), s text)",
                "INSERT INTO a VALUES (1, 1.5, 'x'), (2, 123456789.25, E'a\"b'), (3, 2.55, 'y'), (4, NULL, NULL)");
        SourceRun run = once(
                        "columns", "id INT NOT NULL, n DECIMAL(5, 1), s STRING NOT NULL", "dead.letter.topic", "dead")
                .readWithStops();
        assertThat(run.values("id")).isEqualTo(List.<Object>of(1));
        List<SourceRecord> letters = run.of("dead");
        assertThat(letters).hasSize(3);
        Struct letter = (Struct) letters.get(0).value();
        assertThat(letter.getString("reason")).isEqualTo("column 'n': '123456789.2500' does not fit DECIMAL(5, 1)");
        assertThat(letter.getString("origin")).startsWith("jdbc:postgresql://").endsWith("/postgres/a#id=2");
        assertThat(new String((byte[]) letter.get("value"), StandardCharsets.UTF_8))
                .isEqualTo("{\"id\":\"2\",\"n\":\"123456789.2500\",\"s\":\"a\\\"b\"}");
        assertThat(((Struct) letters.get(2).value()).getString("reason"))
                .isEqualTo("column 's': null, but it is NOT NULL");
    }

    @Test
    void shouldFailOnARowThatDoesNotFitWhenToldTo() {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY)", "INSERT INTO a VALUES (5000000000)");
        SourceRun run = once("columns", "id INT", "errors.bad.record", "fail");
        assertThatThrownBy(run::read)
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("/a#id=5000000000 cannot be read: column 'id': '5000000000' does not fit INT");
        assertThat(run.records).isEmpty();
    }

    @Test
    void shouldFindNamesWithDotsQuotesAndCapitals() {
        postgres.run(
                "CREATE SCHEMA \"other.one\"",
                "CREATE TABLE \"other.one\".\"Ta\"\"b_%\" (\"Id\" int PRIMARY KEY, \"select\" text)",
                "INSERT INTO \"other.one\".\"Ta\"\"b_%\" VALUES (1, 'x')",
                "CREATE TABLE \"other.one\".\"Ta\"\"bXY\" (\"Id\" int, \"no\" int)");
        SourceRun run = once("table", "\"other.one\".\"Ta\"\"b_%\"", "columns", "id INT, \"select\" STRING")
                .read();
        assertThat(run.values("id")).isEqualTo(List.<Object>of(1));
        assertThat(run.values("select")).isEqualTo(List.<Object>of("x"));
    }

    @Test
    void shouldNameWhatIsMissing() {
        postgres.run("CREATE TABLE airports (iata text, lat float8, price money, n numeric)");
        assertThatThrownBy(() -> once("table", "airport").read())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("There is no table 'airport'")
                .hasMessageContaining("did you mean 'airports'?");
        assertThatThrownBy(() -> once("table", "nowhere.airports").read())
                .hasMessageContaining("There is no table 'nowhere.airports'")
                .hasMessageContaining("schema nowhere has no tables");
        assertThatThrownBy(() ->
                        once("table", "airports", "columns", "iatta STRING").read())
                .hasMessage(
                        "Table public.airports has no column 'iatta', which columns names; did you mean 'iata'? It has iata, lat, price, n");
        assertThatThrownBy(() -> once("table", "airports", "columns", "lat DECIMAL(5, 2)")
                        .read())
                .hasMessageContaining(
                        "Column 'lat' of table public.airports is of type float8, which cannot be read as DECIMAL(5, 2): write DOUBLE");
        assertThatThrownBy(() -> once("table", "airports").read())
                .hasMessageContaining("Column 'price' of table public.airports is of type money");
        assertThatThrownBy(() -> once("table", "airports", "key.columns", "code", "columns", "iata STRING")
                        .read())
                .hasMessageContaining("'code' is not a column; there are iata");
        postgres.run("ALTER TABLE airports DROP COLUMN price");
        assertThatThrownBy(() -> once("table", "airports").read())
                .hasMessageContaining("'n' of table public.airports is of type numeric without a precision")
                .hasMessageContaining("DECIMAL(38, 9)");
        assertThatThrownBy(() -> once(
                                "table",
                                "airports",
                                "mode",
                                "incrementing",
                                "incrementing.column",
                                "id",
                                "columns",
                                "iata STRING")
                        .read())
                .hasMessageContaining("has no column 'id', which incrementing.column names");
    }

    @Test
    void shouldNameTheCredentialsAndTheDatabase() {
        postgres.run("DROP ROLE IF EXISTS guest", "CREATE ROLE guest LOGIN", "CREATE TABLE a (id int)");
        String url = postgres.url().replaceAll("\\?.*", "");
        assertThatThrownBy(() ->
                        once("connection.url", url, "connection.user", "guest").read())
                .hasMessageContaining("no schema of the search path may be used by this user");
        postgres.run("GRANT USAGE ON SCHEMA public TO guest");
        assertThatThrownBy(
                        () -> once("connection.url", url, "connection.user", "nobody", "connection.password", "hunter2")
                                .read())
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining(
                        "does not let the user 'nobody' in: check connection.user and connection.password")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> once("connection.url", url + "x").read())
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("There is no such database at " + url + "x: check connection.url");
        assertThatThrownBy(() ->
                        once("connection.url", url, "connection.user", "guest").read())
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("permission denied for table a");
    }

    @Test
    void shouldRetryWhenNobodyListens() {
        SourceRun run = once("connection.url", "jdbc:postgresql://127.0.0.1:1/postgres?password=hunter2");
        assertThatThrownBy(run::read)
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/postgres is away or busy")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void shouldGoOnAfterItsSessionWasEnded() {
        postgres.run("CREATE TABLE a (id bigint PRIMARY KEY)", "INSERT INTO a SELECT generate_series(1, 30)");
        SourceRun run = once("batch.size", "7");
        JdbcSourceTask task = run.start();
        run.poll(task, 7);
        for (int rows = 14; rows < 37; rows += 7) {
            postgres.endSessions();
            run.readUntil(task, Math.min(rows, 30));
        }
        run.readUntil(task, 31);
        task.stop();
        assertThat(run.values("id")).isEqualTo(numbers(1, 30));
        assertThat(run.of("ends")).hasSize(1);
    }
}
