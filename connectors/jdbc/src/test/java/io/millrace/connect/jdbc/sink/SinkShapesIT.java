package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.TestDatabase;
import io.millrace.connect.jdbc.TestMariaDb;
import io.millrace.connect.jdbc.TestPostgres;
import io.millrace.connect.jdbc.TestSqlite;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tables and columns records go to: keys, names, nested values, and tables that change. */
@Timeout(120)
final class SinkShapesIT {

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("firstName", Schema.OPTIONAL_STRING_SCHEMA)
            .field("age", Schema.OPTIONAL_INT32_SCHEMA)
            .build();
    private static final Schema LINE = SchemaBuilder.struct()
            .field("sku", Schema.STRING_SCHEMA)
            .field("count", Schema.OPTIONAL_INT32_SCHEMA)
            .build();
    private static final Schema ORDER = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field(
                    "buyer",
                    SchemaBuilder.struct()
                            .field("name", Schema.STRING_SCHEMA)
                            .field(
                                    "tags",
                                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.INT32_SCHEMA)
                                            .optional()
                                            .build())
                            .optional()
                            .build())
            .field("lines", SchemaBuilder.array(LINE).optional().build())
            .field("notes", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .build();
    private static final Map<String, TestDatabase> DATABASES = new LinkedHashMap<>();

    @BeforeAll
    static void start() {
        DATABASES.put("postgres", new TestPostgres());
        DATABASES.put("mariadb", new TestMariaDb());
        DATABASES.put("sqlite", new TestSqlite());
    }

    @AfterAll
    static void stop() {
        DATABASES.values().forEach(TestDatabase::close);
    }

    private static TestDatabase emptied(String name) {
        TestDatabase database = DATABASES.get(name);
        database.empty();
        return database;
    }

    private static SinkRun sink(TestDatabase database, String... more) {
        SinkRun run = new SinkRun(database.config("table", "t", "mode", "upsert"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    private static Struct person(long id, String name, Integer age) {
        return new Struct(VALUE).put("id", id).put("firstName", name).put("age", age);
    }

    private static SinkRun row(SinkRun run, long id, String name, Integer age) {
        return run.send(KEY, new Struct(KEY).put("id", id), VALUE, person(id, name, age));
    }

    private static Struct order(
            long id, String buyer, Map<String, Integer> tags, List<Struct> lines, List<String> notes) {
        Struct value = new Struct(ORDER).put("id", id).put("lines", lines).put("notes", notes);
        return buyer == null
                ? value
                : value.put(
                        "buyer",
                        new Struct(ORDER.field("buyer").schema())
                                .put("name", buyer)
                                .put("tags", tags));
    }

    private static Struct line(String sku, Integer count) {
        return new Struct(LINE).put("sku", sku).put("count", count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldUpdateWhatIsThereAlone(String name) {
        TestDatabase database = emptied(name);
        SinkRun upsert = sink(database, "name", "a");
        row(upsert, 1, "a", 1);
        row(upsert, 2, "b", 2);
        upsert.start().deliverAll().stop();
        SinkRun update = sink(database, "mode", "update", "name", "b");
        row(update, 2, "B", 3);
        row(update, 3, "C", 3);
        update.send(KEY, new Struct(KEY).put("id", 1L), null, null);
        update.start().deliverAll().stop();
        assertThat(database.rows("SELECT * FROM t ORDER BY id")).containsExactly("2|B|3");
        database.run(
                "CREATE TABLE u (id bigint PRIMARY KEY, age int, needed int NOT NULL)",
                "INSERT INTO u VALUES (2, 0, 7)");
        SinkRun partial = sink(database, "mode", "update", "name", "c", "table", "u", "fields.include", "age");
        row(partial, 2, "b", 5).start().deliverAll().stop();
        assertThat(database.rows("SELECT * FROM u")).containsExactly("2|5|7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldTakeKeysFromHeaders(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database, "pk.mode", "record_header", "pk.fields", "code,no")
                .tolerant();
        run.send(null, null, VALUE, person(1, "a", 1))
                .header("code", Schema.STRING_SCHEMA, "x")
                .header("no", Schema.INT32_SCHEMA, 1);
        run.send(null, null, VALUE, person(2, "b", 2))
                .header("code", Schema.STRING_SCHEMA, "x")
                .header("no", Schema.INT32_SCHEMA, 2);
        run.send(null, null, VALUE, person(3, "c", 3))
                .header("code", Schema.STRING_SCHEMA, "x")
                .header("no", Schema.INT32_SCHEMA, 1);
        run.send(null, null, null, null)
                .header("code", Schema.STRING_SCHEMA, "x")
                .header("no", Schema.INT32_SCHEMA, 2);
        run.send(null, null, VALUE, person(4, "d", 4)).header("code", Schema.STRING_SCHEMA, "x");
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT code, no, id FROM t")).containsExactly("x|1|3");
        assertThat(run.rejected).hasSize(1);
        assertThat(run.rejected.get(0)).contains("it has no header 'no' with a schema");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldTakeKeysFromTheRecordsPlace(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database, "pk.mode", "kafka", "offsets.table", "");
        run.send(null, null, VALUE, person(7, "a", 1)).send(null, null, VALUE, person(7, "b", 2));
        run.start().deliverAll();
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT _topic, _partition, _offset, id FROM t ORDER BY _offset"))
                .containsExactly("p.rows|0|0|7", "p.rows|0|1|7");
        SinkRun named = sink(database, "pk.mode", "kafka", "pk.fields", "a,b,c", "table", "u");
        named.send(null, null, VALUE, person(7, "a", 1)).start().deliverAll().stop();
        assertThat(database.rows("SELECT a, b, c FROM u")).containsExactly("p.rows|0|0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldNameTablesAndColumnsAsItIsTold(String name) {
        TestDatabase database = emptied(name);
        // SQLite's driver does not find a key with a quote in its name.
        String key = name.equals("sqlite") ? "Key 1" : "Key \"1`";
        SinkRun run = sink(
                database,
                "table",
                "${topic.1:upper}_${topic.-1} x",
                "column",
                "c_${field:snake}",
                "fields.exclude",
                "age",
                "fields.rename",
                "id:" + key);
        row(run, 1, "a", 1);
        row(run, 1, "b", 1);
        run.start().deliverAll().stop();
        String quote = name.equals("mariadb") ? "`" : "\"";
        String table = quote + "P_rows x" + quote;
        assertThat(database.rows("SELECT * FROM " + table)).containsExactly("1|b");
        String quotedKey = quote + key.replace(quote, quote + quote) + quote;
        assertThat(database.rows("SELECT c_first_name, " + quotedKey + " FROM " + table))
                .containsExactly("b|1");
        SinkRun byTopic = sink(database, "table.by.topic", "other:o, p.rows:own", "fields.include", "age");
        row(byTopic, 5, "a", 6).start().deliverAll().stop();
        assertThat(database.rows("SELECT * FROM own")).containsExactly("5|6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldKeepNestedValuesAsJson(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database, "pk.mode", "record_value", "pk.fields", "id");
        run.send(
                null,
                null,
                ORDER,
                order(1, "ü", Map.of("vip", 1), List.of(line("s", 2), line("t", null)), List.of("n")));
        run.send(null, null, ORDER, order(2, null, null, null, null));
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT * FROM t ORDER BY id").stream().map(row -> row.replace(" ", "")))
                .containsExactly(
                        "1|{\"name\":\"ü\",\"tags\":{\"vip\":1}}|[{\"sku\":\"s\",\"count\":2},{\"sku\":\"t\",\"count\":null}]|[\"n\"]",
                        "2|null|null|null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldMakeColumnsOfStructs(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(
                database, "pk.mode", "record_value", "pk.fields", "id", "nested", "flatten", "fields.exclude", "lines");
        run.send(null, null, ORDER, order(1, "a", null, List.of(), List.of("n")));
        run.send(null, null, ORDER, order(2, null, null, null, null));
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT id, buyer_name, buyer_tags, notes FROM t ORDER BY id"))
                .containsExactly("1|a|null|[\"n\"]", "2|null|null|null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldMakeTablesOfArrays(String name) {
        TestDatabase database = emptied(name);
        SinkRun run = sink(database, "pk.mode", "record_key", "nested", "child");
        run.send(
                KEY,
                new Struct(KEY).put("id", 1L),
                ORDER,
                order(1, "a", null, List.of(line("x", 1), line("y", 2)), List.of("n", "m")));
        run.send(KEY, new Struct(KEY).put("id", 2L), ORDER, order(2, "b", null, List.of(line("z", 3)), null));
        run.send(KEY, new Struct(KEY).put("id", 3L), ORDER, order(3, "c", null, List.of(line("w", 3)), null));
        run.start().deliverAll();
        assertThat(database.rows("SELECT id, _item, sku, count FROM t_lines ORDER BY id, _item"))
                .containsExactly("1|0|x|1", "1|1|y|2", "2|0|z|3", "3|0|w|3");
        run.send(KEY, new Struct(KEY).put("id", 1L), ORDER, order(1, "A", null, List.of(line("y", 5)), null));
        run.send(KEY, new Struct(KEY).put("id", 2L), null, null);
        run.deliverAll().stop();
        assertThat(database.rows("SELECT id, buyer_name FROM t ORDER BY id")).containsExactly("1|A", "3|c");
        assertThat(database.rows("SELECT id, _item, sku, count FROM t_lines ORDER BY id, _item"))
                .containsExactly("1|0|y|5", "3|0|w|3");
        assertThat(database.rows("SELECT id, _item, value FROM t_notes")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb"})
    void shouldChangeTablesThatDoNotFit(String name) {
        TestDatabase database = emptied(name);
        database.run(
                "CREATE TABLE t (id int PRIMARY KEY, n int, d decimal(5, 1), s varchar(3), needed varchar(5) NOT NULL, q int NOT NULL)");
        Schema schema = SchemaBuilder.struct()
                .field("id", Schema.INT64_SCHEMA)
                .field("n", Schema.OPTIONAL_INT64_SCHEMA)
                .field(
                        "d",
                        Decimal.builder(3)
                                .parameter("connect.decimal.precision", "9")
                                .optional()
                                .build())
                .field("s", Schema.OPTIONAL_STRING_SCHEMA)
                .field("q", Schema.OPTIONAL_INT32_SCHEMA)
                .field("more", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        SinkRun run = sink(
                database,
                "pk.mode",
                "record_value",
                "pk.fields",
                "id",
                "evolve.columns",
                "evolve",
                "evolve.types",
                "evolve",
                "evolve.nulls",
                "evolve");
        run.send(
                null,
                null,
                schema,
                new Struct(schema)
                        .put("id", 1L << 40)
                        .put("n", 1L << 50)
                        .put("d", new BigDecimal("123456.789"))
                        .put("s", "longer")
                        .put("more", "m"));
        run.start().deliverAll().stop();
        assertThat(database.rows("SELECT id, n, d, s, q, more, needed FROM t"))
                .containsExactly((1L << 40) + "|" + (1L << 50) + "|123456.789|longer|null|m|null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgres", "mariadb", "sqlite"})
    void shouldAddColumnsWhileOthersDo(String name) throws InterruptedException {
        TestDatabase database = emptied(name);
        database.run("CREATE TABLE t (id bigint PRIMARY KEY)");
        List<Thread> threads = IntStream.range(0, 3)
                .mapToObj(i ->
                        new Thread(() -> row(sink(database, "name", "c" + i, "evolve.columns", "evolve"), i, "a", i)
                                .start()
                                .deliverAll()
                                .stop()))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(database.rows("SELECT id, age FROM t ORDER BY id")).containsExactly("0|0", "1|1", "2|2");
    }

    @Test
    void shouldDoAsThePoliciesSay() {
        TestDatabase database = emptied("postgres");
        database.run("CREATE TABLE t (id bigint PRIMARY KEY, age smallint)");
        assertThatThrownBy(() -> row(sink(database), 1, "a", 1).start().deliverAll())
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("has no column for 'firstName'");
        row(sink(database, "evolve.columns", "ignore"), 1, "a", 1)
                .start()
                .deliverAll()
                .stop();
        assertThat(database.rows("SELECT * FROM t")).containsExactly("1|1");
        assertThatThrownBy(() -> row(
                                sink(database, "evolve.columns", "ignore", "evolve.types", "fail", "name", "e"),
                                1,
                                "a",
                                1)
                        .start()
                        .deliverAll())
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("Column 'age' of table public.t is of type int2, too narrow");
        SinkRun paused = row(sink(database, "evolve.columns", "pause", "name", "d"), 2, "b", 1)
                .start();
        assertThatThrownBy(() -> paused.deliver(5))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("ADD \"firstName\" text");
        assertThat(paused.timeoutMs()).isEqualTo(TablePausedException.WAIT_MS);
        database.run("ALTER TABLE t ADD \"firstName\" text");
        paused.deliverAll().stop();
        assertThat(database.rows("SELECT * FROM t ORDER BY id")).containsExactly("1|1|null", "2|1|b");
    }

    @Test
    void shouldShowWhatItWouldChangeInADryRun() {
        TestDatabase database = emptied("postgres");
        SinkRun run = row(sink(database, "dry.run", "true", "evolve.columns", "evolve"), 1, "a", 1)
                .start();
        assertThatThrownBy(() -> run.deliver(5))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("dry.run=true")
                .hasMessageContaining("CREATE TABLE IF NOT EXISTS \"t\" (\"id\" bigint NOT NULL, \"firstName\" text");
        database.run("CREATE TABLE t (id bigint PRIMARY KEY, age integer)");
        assertThatThrownBy(() -> run.deliver(5))
                .hasMessageContaining("ALTER TABLE \"public\".\"t\" ADD \"firstName\" text");
        assertThat(database.rows("SELECT * FROM t")).isEmpty();
        database.run("ALTER TABLE t ADD \"firstName\" text");
        run.deliverAll().stop();
        assertThat(database.rows("SELECT * FROM t")).containsExactly("1|1|a");
    }

    @Test
    void shouldRefuseTwoFieldsInOneColumn() {
        TestDatabase database = emptied("postgres");
        assertThatThrownBy(() -> row(sink(database, "fields.rename", "age:firstName"), 1, "a", 1)
                        .start()
                        .deliverAll())
                .hasMessageContaining("Two fields of topic p.rows go to column 'firstName'");
    }
}
