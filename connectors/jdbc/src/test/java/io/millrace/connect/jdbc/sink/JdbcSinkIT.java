package io.millrace.connect.jdbc.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.connect.jdbc.JdbcSinkConnector;
import io.millrace.connect.jdbc.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class JdbcSinkIT {

    private static final Schema KEY =
            SchemaBuilder.struct().field("id", Schema.INT64_SCHEMA).build();
    private static final Schema VALUE = SchemaBuilder.struct()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .build();
    private static TestPostgres postgres;

    @BeforeAll
    static void startDatabase() {
        postgres = new TestPostgres();
    }

    @AfterAll
    static void stopDatabase() {
        postgres.close();
    }

    @BeforeEach
    void empty() {
        postgres.run("DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    private static SinkRun sink(String... more) {
        SinkRun run = new SinkRun(postgres.config("topics", "p.rows"));
        for (int i = 0; i < more.length; i += 2) {
            run.with(more[i], more[i + 1]);
        }
        return run;
    }

    private static SinkRun upsert(String... more) {
        return sink(more).with("mode", "upsert");
    }

    private static Struct key(long id) {
        return new Struct(KEY).put("id", id);
    }

    private static SinkRun row(SinkRun run, long id, String name) {
        return run.send(KEY, key(id), VALUE, new Struct(VALUE).put("id", id).put("name", name));
    }

    private static SinkRun gone(SinkRun run, long id) {
        return run.send(KEY, key(id), null, null);
    }

    private static List<String> rows() {
        return postgres.rows("SELECT id, name FROM p_rows ORDER BY 1, 2");
    }

    private static List<String> rowsTo(int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> i + "|n" + i).toList();
    }

    private static void rows(SinkRun run, int from, int to) {
        IntStream.rangeClosed(from, to).forEach(i -> row(run, i, "n" + i));
    }

    @Test
    void shouldMakeTheTableAndReplaceAndDeleteByKey() {
        SinkRun run = upsert();
        row(run, 1, "a");
        row(run, 2, "b");
        row(run, 1, "c");
        gone(run, 2);
        row(run, 3, null);
        row(run, 4, "d");
        gone(run, 4);
        row(run, 4, "e");
        gone(run, 9);
        run.start().deliverAll();
        assertThat(rows()).containsExactly("1|c", "3|null", "4|e");
        assertThat(
                        postgres.rows(
                                "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_name = 'p_rows' ORDER BY 1"))
                .containsExactly("id|bigint|NO", "name|text|YES");
        assertThat(
                        postgres.rows(
                                "SELECT next_offset FROM millrace_offsets WHERE connector = 'c' AND topic = 'p.rows' AND partition = 0"))
                .containsExactly("9");
        run.stop();
    }

    @Test
    void shouldKeepRowsWhenDeletionIsOff() {
        SinkRun run = upsert("delete.enabled", "false");
        row(run, 1, "a");
        gone(run, 1);
        run.start().deliverAll().stop();
        assertThat(rows()).containsExactly("1|a");
    }

    @Test
    void shouldTakeKeysThatAreNoStructs() {
        SinkRun run = upsert("pk.fields", "code", "table", "t1");
        Schema value = SchemaBuilder.struct().field("n", Schema.INT32_SCHEMA).build();
        run.send(Schema.STRING_SCHEMA, "a", value, new Struct(value).put("n", 1));
        run.send(Schema.STRING_SCHEMA, "b", value, new Struct(value).put("n", 2));
        run.send(Schema.STRING_SCHEMA, "a", null, null);
        run.start().deliverAll().stop();
        assertThat(postgres.rows("SELECT code, n FROM t1")).containsExactly("b|2");
    }

    @Test
    void shouldUpsertByFieldsOfTheValue() {
        SinkRun run = upsert("pk.mode", "record_value", "pk.fields", "name", "batch.size", "2");
        for (int i = 1; i <= 5; i++) {
            run.send(null, null, VALUE, new Struct(VALUE).put("id", (long) i).put("name", "n" + i % 2));
        }
        run.start().deliverAll().stop();
        assertThat(rows()).containsExactly("4|n0", "5|n1");
    }

    @Test
    void shouldWriteNothingTwiceAfterACrashAtEveryPoint() {
        for (String mode : List.of("insert", "upsert")) {
            empty();
            SinkRun run = sink("mode", mode);
            rows(run, 1, 20);
            for (int i = 0; i < 20; i++) {
                run.start().deliver(3);
                // The offsets of the first delivery alone were committed, every third time.
                if (i % 3 == 0) {
                    run.commit();
                }
                run.deliver(2);
            }
            run.start().deliverAll();
            assertThat(rows()).isEqualTo(rowsTo(20));
            run.start().deliverAll().stop();
            assertThat(rows()).isEqualTo(rowsTo(20));
        }
    }

    @Test
    void shouldGoOnFromTheDatabaseWhenKafkaIsAhead() {
        SinkRun run = sink();
        rows(run, 1, 10);
        run.start().deliverAll().commit();
        // As a restored backup would have it
        postgres.run("DELETE FROM p_rows WHERE id > 4", "UPDATE millrace_offsets SET next_offset = 4");
        rows(run, 11, 12);
        run.start().deliverAll().stop();
        assertThat(rows()).isEqualTo(rowsTo(12));
        assertThat(run.seeks).containsExactly(4L);
    }

    @Test
    void shouldWriteATopicThatWasMadeAnew() {
        for (int length : new int[] {3, 9, 10, 11, 25}) {
            empty();
            SinkRun run = sink();
            rows(run, 1, 10);
            run.start().deliverAll().commit();
            run.makeAnew();
            IntStream.rangeClosed(1, length).forEach(i -> row(run, 100 + i, "new"));
            run.start().deliverAll();
            run.start().deliverAll().stop();
            assertThat(rows()).hasSize(10 + length);
            assertThat(postgres.rows("SELECT next_offset FROM millrace_offsets"))
                    .containsExactly("" + length);
        }
    }

    @Test
    void shouldWriteTheSameRowsAgainInAnotherRunOnly() {
        SinkRun run = sink("run.id", "r1");
        for (String id : List.of("r1", "r1", "r2", "r2")) {
            run.makeAnew();
            run.timestamp = 1_000;
            rows(run, 1, 10);
            run.with("run.id", id).start().deliverAll();
        }
        run.stop();
        assertThat(rows()).hasSize(20);
    }

    @Test
    void shouldForgetOffsetsThatAreSetByHand() {
        SinkRun run = sink();
        rows(run, 1, 3);
        run.start().deliverAll();
        Map<String, String> config = postgres.config("topics", "p.rows");
        Map<org.apache.kafka.common.TopicPartition, Long> reset = new HashMap<>();
        reset.put(SinkRun.PARTITION, null);
        assertThat(new JdbcSinkConnector().alterOffsets(config, reset)).isTrue();
        run.start().deliverAll().stop();
        assertThat(rows()).hasSize(6);
    }

    @Test
    void shouldLetOnlyOneOfTwoTasksWriteAPartition() {
        SinkRun first = sink();
        rows(first, 1, 10);
        first.start().deliver(4);
        SinkRun second = sink();
        rows(second, 1, 10);
        second.start().deliverAll();
        assertThatThrownBy(() -> first.deliver(4))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("Another task has written records of p.rows-0");
        first.deliverAll().stop();
        second.stop();
        assertThat(rows()).isEqualTo(rowsTo(10));
    }

    @Test
    void shouldWorkWithoutStoredOffsets() {
        SinkRun run = sink("offsets.table", "");
        rows(run, 1, 2);
        run.start().deliverAll();
        run.start().deliverAll().stop();
        assertThat(rows()).hasSize(4);
        assertThat(postgres.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
                .containsExactly("p_rows");
    }

    @Test
    void shouldReportTheRecordsThatTheDatabaseRefuses() {
        postgres.run("CREATE TABLE p_rows (id bigint PRIMARY KEY CHECK (id <> 5), name varchar(3))");
        SinkRun run = upsert().tolerant();
        rows(run, 1, 7);
        row(run, 8, "long");
        row(run, 2, "x");
        row(run, 9, "a\0");
        run.start().deliverAll();
        assertThat(rows()).containsExactly("1|n1", "2|x", "3|n3", "4|n4", "6|n6", "7|n7");
        assertThat(run.rejected).hasSize(3);
        assertThat(run.rejected.get(0))
                .startsWith(
                        "4 The record at topic p.rows, partition 0, offset 4 cannot be written: table public.p_rows: ")
                .contains("check constraint");
        assertThat(run.rejected.get(1)).contains("too long");
        run.start().deliverAll().stop();
        assertThat(run.rejected).hasSize(3);
    }

    @Test
    void shouldWriteNothingWhenARecordIsRefusedAndNobodyIsTold() {
        postgres.run("CREATE TABLE p_rows (id bigint PRIMARY KEY, name text UNIQUE)");
        SinkRun run = sink("batch.size", "2");
        rows(run, 1, 5);
        row(run, 6, "n2");
        rows(run, 7, 9);
        assertThatThrownBy(() -> run.start().deliverAll())
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .hasMessageContaining("topic p.rows, partition 0, offset 5")
                .hasMessageContaining("duplicate key value")
                .hasMessageContaining("nothing was written");
        assertThat(rows()).isEmpty();
        postgres.run("ALTER TABLE p_rows DROP CONSTRAINT p_rows_name_key");
        run.start().deliverAll().stop();
        assertThat(rows()).hasSize(9);
    }

    @Test
    void shouldReportRecordsThatHaveNoKeyOrNoFields() {
        SinkRun run = upsert().tolerant();
        run.send(null, null, VALUE, new Struct(VALUE).put("id", 1L));
        run.send(KEY, key(2), null, Map.of("id", 2));
        run.send(KEY, key(3), Schema.STRING_SCHEMA, "three");
        row(run, 4, "d");
        run.start().deliverAll().stop();
        assertThat(rows()).containsExactly("4|d");
        assertThat(run.rejected).hasSize(3);
        assertThat(run.rejected.get(0)).contains("it has no key with a schema");
        assertThat(run.rejected.get(1)).contains("its value is no struct with a schema, but without a schema");
        assertThat(run.rejected.get(2)).contains("but a STRING");
    }

    @Test
    void shouldRejectADeletionInModeInsert() {
        SinkRun run = sink().tolerant();
        row(run, 1, "a");
        gone(run, 1);
        run.start().deliverAll().stop();
        assertThat(run.rejected).hasSize(1);
        assertThat(run.rejected.get(0)).contains("it has no value, which deletes a row only with mode=upsert");
    }

    private static void assertFails(SinkRun run, String... messageParts) {
        assertThatThrownBy(() -> run.start().deliverAll())
                .isInstanceOf(ConnectException.class)
                .isNotInstanceOf(RetriableException.class)
                .satisfies(error -> assertThat(error.getMessage()).contains(messageParts));
        run.stop();
    }

    @Test
    void shouldSayWhatKeepsRecordsFromATable() {
        SinkRun run = upsert("auto.create", "false");
        row(run, 1, "a");
        assertFails(run, "There is no table 'p_rows'", "create it, or set auto.create=true");
        postgres.run("CREATE TABLE p_rows (id bigint)");
        assertFails(
                run,
                "Table public.p_rows has no column for 'name' of topic p.rows: add it with ALTER TABLE \"public\".\"p_rows\" ADD \"name\" text");
        postgres.run("ALTER TABLE p_rows ADD name text");
        assertFails(run, "has no primary key or unique constraint on 'id'", "ADD PRIMARY KEY (\"id\")");
        postgres.run(
                "ALTER TABLE p_rows ADD PRIMARY KEY (id), ADD at date NOT NULL, ADD made date NOT NULL DEFAULT now()");
        assertFails(run, "Table public.p_rows needs a value in 'at', which the records of topic p.rows do not have");
        assertThat(rows()).isEmpty();
        postgres.run("ALTER TABLE p_rows DROP COLUMN at");
        run.start().deliverAll().stop();
        assertThat(rows()).containsExactly("1|a");
    }

    @Test
    void shouldSayWhichKeyFieldIsMissing() {
        SinkRun run = upsert("pk.fields", "idd");
        row(run, 1, "a");
        assertFails(run, "pk.fields names 'idd', but the keys of topic p.rows have id", "did you mean 'id'?");
        SinkRun byValue = upsert("pk.mode", "record_value", "pk.fields", "nam");
        row(byValue, 1, "a");
        assertFails(
                byValue, "pk.fields names 'nam', but the values of topic p.rows have id, name", "did you mean 'name'?");
        SinkRun tooLong = sink("table", "x".repeat(64));
        row(tooLong, 1, "a");
        assertFails(tooLong, "is longer than the 63 bytes", "a shorter one in table");
    }

    @Test
    void shouldWriteAllWhenItsSessionIsEndedAgainAndAgain() {
        SinkRun run = sink();
        rows(run, 1, 60);
        run.start();
        for (int i = 0; i < 6; i++) {
            try {
                run.deliver(10);
            } catch (RetriableException e) {
                assertThat(run.timeoutMs()).isPositive();
            }
            postgres.endSessions();
        }
        run.deliverAll().stop();
        assertThat(rows()).hasSize(60);
    }

    @Test
    void shouldRetryWhenNobodyListens() {
        SinkRun run = sink("connection.url", "jdbc:postgresql://127.0.0.1:1/postgres");
        row(run, 1, "a");
        run.start();
        assertThatThrownBy(() -> run.deliver(1))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("is away or busy while writing records of topic p.rows");
        assertThat(run.timeoutMs()).isPositive();
        run.stop();
    }
}
