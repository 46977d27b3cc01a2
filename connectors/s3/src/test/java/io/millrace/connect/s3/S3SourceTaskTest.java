package io.millrace.connect.s3;

import static io.millrace.connect.s3.SourceRun.bytes;
import static io.millrace.connect.s3.SourceRun.gzip;
import static io.millrace.connect.s3.SourceRun.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3SourceTaskTest {

    private final SourceRun run = new SourceRun();

    @Test
    void shouldReadObjectsInTheOrderOfTheirKeysAndTellTheEnd() {
        run.object("x/2.json", json(4, 5));
        run.object("x/1.json", json(1, 3));
        run.object("y.json", json(9, 9));
        run.config.put("prefix", "x/");
        run.run();
        assertThat(run.ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        SourceRecord last = run.records.get(run.records.size() - 1);
        assertThat(last.topic()).isEqualTo("ends");
        assertThat(((Struct) last.value()).getInt64("records")).isEqualTo(5);
        SourceRecord third = run.on("t").get(2);
        assertThat(third.sourcePartition()).isEqualTo(Map.of("bucket", "b", "key", "x/1.json"));
        assertThat(third.sourceOffset().get("line")).isEqualTo(4L);
        assertThat(third.sourceOffset().get("done")).isEqualTo(true);
        assertThat(run.on("t").get(1).sourceOffset().get("done")).isEqualTo(false);
        assertThat(run.store.closes).isEqualTo(run.store.opens);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGoOnExactlyBehindTheLastRecordWhereverItWasStopped(boolean isPacked) {
        run.config.put("batch.size", "3");
        String first = json(1, 4) + "{\n\n" + json(5, 6);
        String second = "name,id\n\"seven\nand a half\",7\nbad\n,8\n";
        List<Object> ids = List.copyOf(
                LongStream.rangeClosed(1, 8).boxed().map(Object.class::cast).toList());
        for (int stop = 0; stop <= 11; stop++) {
            SourceRun stopped = new SourceRun();
            stopped.config.putAll(run.config);
            stopped.store.objects.put("1.json", isPacked ? gzip(first) : bytes(first));
            stopped.store.objects.put("2.csv", isPacked ? gzip(second) : bytes(second));
            stopped.run(stop);
            stopped.run();
            assertThat(stopped.ids()).as("stopped after %s", stop).isEqualTo(ids);
            assertThat(stopped.letters())
                    .extracting(letter -> letter.getString("origin"))
                    .containsExactly("s3://b/1.json#line=5", "s3://b/2.csv#line=4");
            assertThat(stopped.on("ends")).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldLoseNothingWhenTransfersBreakAnywhere(boolean isPacked) {
        byte[] content = isPacked ? gzip(json(1, 6)) : bytes(json(1, 6));
        for (int broken = 0; broken < content.length; broken++) {
            SourceRun cut = new SourceRun();
            cut.store.objects.put("1.json", content);
            cut.store.breaks.add(broken);
            cut.store.failures = 2;
            cut.run();
            assertThat(cut.ids()).as("broken after %s bytes", broken).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
            assertThat(cut.letters()).isEmpty();
            assertThat(cut.on("ends")).hasSize(1);
        }
    }

    @Test
    void shouldWaitLongerAfterEachFault() throws InterruptedException {
        run.object("1.json", json(1, 1));
        run.store.failures = 2;
        S3SourceTask task = run.task();
        assertThatThrownBy(task::poll)
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("S3 is away; trying again in 1 s");
        assertThat(task.poll()).isNull();
        assertThat(run.store.failures).isEqualTo(1);
        run.clock.move(Duration.ofSeconds(1));
        assertThatThrownBy(task::poll).hasMessageContaining("in 2 s");
        run.clock.move(Duration.ofSeconds(2));
        assertThat(task.poll()).hasSize(1);
        task.stop();
    }

    @Test
    void shouldReadOnlyWhatIsNewInTheNextRun() {
        run.object("1.json", json(1, 2));
        run.object("2.json", json(3, 3));
        run.run();
        run.run();
        assertThat(run.ids()).containsExactly(1L, 2L, 3L);
        assertThat(run.on("ends")).hasSize(1);
        run.object("2.json", json(4, 4));
        run.object("3.json", json(5, 5));
        run.object("empty.json", "");
        run.config.put("run.id", "r2");
        run.run();
        assertThat(run.ids()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(run.on("ends")).hasSize(2);
        assertThat(((Struct) run.on("ends").get(1).value()).getInt64("records")).isEqualTo(2);
    }

    @Test
    void shouldReadAnObjectFromItsStartWhenItChangedInTheMiddle() {
        run.object("1.json", json(1, 9));
        run.config.put("batch.size", "2");
        run.run(4);
        run.object("1.json", json(11, 13));
        run.run();
        assertThat(run.ids()).containsExactly(1L, 2L, 3L, 4L, 11L, 12L, 13L);
    }

    @Test
    void shouldGoOnWhenAnObjectIsDeletedMeanwhile() throws InterruptedException {
        run.object("1.json", json(1, 1));
        run.object("2.json", json(2, 2));
        run.object("3.json", json(3, 3));
        S3SourceTask task = run.task();
        List<SourceRecord> taken = new ArrayList<>(task.poll());
        run.store.objects.remove("2.json");
        taken.addAll(task.poll());
        assertThat(taken)
                .extracting(record -> ((Struct) record.value()).get("id"))
                .containsExactly(1L, 3L);
        task.stop();
    }

    @Test
    void shouldTellNoEndBeforeEverythingIsAcknowledged() throws InterruptedException {
        run.object("1.json", json(1, 2));
        S3SourceTask task = run.task();
        List<SourceRecord> rows = task.poll();
        assertThat(task.poll()).isNull();
        task.commitRecord(rows.get(0), null);
        assertThat(task.poll()).isNull();
        task.commitRecord(rows.get(1), null);
        assertThat(task.poll()).singleElement().extracting(SourceRecord::topic).isEqualTo("ends");
        assertThat(task.poll()).isNull();
        task.stop();
    }

    @Test
    void shouldLookForNewObjectsAsLongAsItRuns() throws InterruptedException {
        run.config.put("run.mode", "continuous");
        run.config.put("poll.interval.ms", "60000");
        run.object("1.json", json(1, 1));
        S3SourceTask task = run.task();
        assertThat(task.poll()).hasSize(1);
        run.object("0.json", json(2, 2));
        run.object("1.json", json(3, 3));
        assertThat(task.poll()).isNull();
        assertThat(run.store.lists).isEqualTo(1);
        run.clock.move(Duration.ofMinutes(1));
        assertThat(task.poll()).hasSize(1);
        assertThat(task.poll()).hasSize(1);
        assertThat(task.poll()).isNull();
        task.stop();
    }

    @Test
    void shouldShareObjectsAmongTasks() {
        for (int i = 0; i < 20; i++) {
            run.object("o" + i + ".json", json(i, i));
        }
        S3SourceConnector connector = new S3SourceConnector();
        connector.start(run.config);
        List<Map<String, String>> tasks = connector.taskConfigs(3);
        for (Map<String, String> task : tasks) {
            int before = run.ids().size();
            run.config.putAll(task);
            run.run();
            assertThat(run.ids().size() - before).isPositive();
        }
        assertThat(run.ids())
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().map(Object.class::cast).toList());
        assertThat(run.on("ends"))
                .extracting(end -> ((Struct) end.value()).getInt32("tasks"))
                .containsExactly(3, 3, 3);
    }
}
