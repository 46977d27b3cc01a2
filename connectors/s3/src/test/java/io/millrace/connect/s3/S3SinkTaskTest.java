package io.millrace.connect.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class S3SinkTaskTest {

    private static final TopicPartition P0 = new TopicPartition("t", 0);

    private final SinkRun run = new SinkRun();

    @Test
    void shouldNameObjectsAfterTheirFirstOffsetAndCommitOnlyWhatIsStored() throws IOException {
        run.config.put("flush.records", "4");
        run.addRows(0, 10);
        run.addRows(1, 3);
        run.start();
        run.deliver(10);
        assertThat(run.store.puts).containsExactly(name(0, 0), name(0, 4));
        assertThat(run.isCommitRequested).isTrue();
        run.commit();
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(8));
        assertThat(run.committed).containsEntry(new TopicPartition("t", 1), new OffsetAndMetadata(0));
        run.finish();
        assertThat(run.store.puts).contains(name(0, 8), name(1, 0)).hasSize(4);
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(10));
        assertThat(run.storedIds()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 1000L, 1001L, 1002L);
    }

    @Test
    void shouldStoreByTheClockWithoutNewRecords() {
        run.config.put("rotate.interval.ms", "10000");
        run.addRows(0, 2);
        run.start();
        run.deliver(1);
        assertThat(run.timeoutMs).isEqualTo(10_000);
        run.clock.move(Duration.ofMillis(9_999));
        run.deliver(1);
        assertThat(run.timeoutMs).isEqualTo(1);
        assertThat(run.store.puts).isEmpty();
        run.clock.move(Duration.ofMillis(1));
        run.deliver(0);
        assertThat(run.store.puts).containsExactly(name(0, 0));
    }

    @Test
    void shouldStoreAFileThatGetsNoNewRecords() {
        run.config.put("rotate.idle.ms", "1000");
        run.addRows(0, 2);
        run.start();
        run.deliver(1);
        run.clock.move(Duration.ofMillis(900));
        run.deliver(1);
        run.clock.move(Duration.ofMillis(999));
        run.deliver(0);
        assertThat(run.store.puts).isEmpty();
        assertThat(run.timeoutMs).isEqualTo(1);
        run.clock.move(Duration.ofMillis(1));
        run.commit();
        assertThat(run.store.puts).containsExactly(name(0, 0));
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(2));
    }

    @Test
    void shouldKeepRowsAndOrderWhenS3IsAway() throws IOException {
        run.config.put("flush.records", "2");
        run.addRows(0, 5);
        run.start();
        run.store.failures = 5;
        run.deliver(5);
        assertThat(run.store.failures).isZero();
        run.store.failures = 3;
        run.finish();
        assertThat(run.storedIds()).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void shouldCommitNothingMoreWhileS3IsAway() {
        run.addRows(0, 2);
        run.start();
        run.deliver(2);
        run.clock.move(Duration.ofHours(1));
        run.store.failures = 1;
        run.commit();
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(0));
        run.commit();
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(2));
    }

    /** Crashes, lost commits, faults of S3 and files cut at any place: every row is there once in the end. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shouldStoreEveryRowExactlyOnceThroughCrashes(long seed) throws IOException {
        Random random = new Random(seed);
        run.addRows(0, 40);
        run.addRows(1, 40);
        run.start();
        for (int step = 0; step < 80; step++) {
            switch (random.nextInt(8)) {
                case 0 -> run.commit();
                case 1 -> run.clock.move(Duration.ofMinutes(11));
                case 2 -> run.store.failures = random.nextInt(3);
                case 3 -> {
                    run.crash();
                    run.store.failures = 0;
                    run.config.put("flush.records", Integer.toString(1 + random.nextInt(7)));
                    run.start();
                }
                default -> run.deliver(random.nextInt(5));
            }
        }
        run.deliver(40);
        run.finish();
        List<Long> ids = new ArrayList<>();
        LongStream.range(0, 40).forEach(ids::add);
        LongStream.range(1000, 1040).forEach(ids::add);
        assertThat(run.storedIds()).isEqualTo(ids);
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(40));
    }

    @Test
    void shouldLeaveNoRowTwiceWhenFilesAreCutElsewhereAfterACrash() throws IOException {
        run.config.put("flush.records", "3");
        run.addRows(0, 9);
        run.start();
        run.deliver(9);
        assertThat(run.store.objects).containsOnlyKeys(name(0, 0), name(0, 3), name(0, 6));
        run.crash();
        run.config.put("flush.records", "5");
        run.addRows(0, 3);
        run.start();
        run.deliver(12);
        run.finish();
        assertThat(run.storedIds()).isEqualTo(LongStream.range(0, 12).boxed().toList());
    }

    @Test
    void shouldDropRecordsWithoutAValueAndGoPastThem() throws IOException {
        run.add(0, null, null);
        run.addRows(0, 1);
        run.add(0, SinkRun.ROW, null);
        run.start();
        run.deliver(1);
        run.commit();
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(1));
        run.deliver(2);
        run.commit();
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(1));
        run.finish();
        assertThat(run.committed).containsEntry(P0, new OffsetAndMetadata(3));
        assertThat(run.store.puts).containsExactly(name(0, 1));
        assertThat(run.storedIds()).containsExactly(1L);
    }

    @Test
    void shouldCloseAFileWhereTheSchemaChanges() throws IOException {
        Schema wider = SchemaBuilder.struct()
                .name("row")
                .field("id", Schema.INT64_SCHEMA)
                .field("more", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        run.addRows(0, 2);
        run.add(0, wider, new Struct(wider).put("id", 2L).put("more", "x"));
        run.start();
        run.deliver(3);
        assertThat(run.store.puts).containsExactly(name(0, 0));
        run.finish();
        assertThat(run.store.puts).containsExactly(name(0, 0), name(0, 2));
        assertThat(run.storedIds()).containsExactly(0L, 1L, 2L);
    }

    @Test
    void shouldSayWhichRecordHasNoSchema() {
        run.addRows(0, 1);
        run.add(0, null, Map.of("id", 1));
        run.start();
        assertThatThrownBy(() -> run.deliver(2))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("topic t, partition 0, offset 1: the value is without a schema");
        run.crash();
    }

    @Test
    void shouldGoOnBehindABadRecordWhenSomebodyCollectsThem() throws IOException {
        run.collectsErrants = true;
        run.add(0, Schema.STRING_SCHEMA, "text");
        run.addRows(0, 1);
        run.add(0, SinkRun.ROW, new Struct(SinkRun.ROW));
        run.addRows(0, 1);
        run.config.put("flush.records", "2");
        run.start();
        run.store.failures = 1;
        run.deliver(4);
        run.finish();
        assertThat(run.errants).extracting(record -> record.kafkaOffset()).contains(0L, 2L);
        assertThat(run.storedIds()).containsExactly(1L, 3L);
    }

    @Test
    void shouldThrowAwayWhatIsNotStoredWhenPartitionsGo() {
        run.addRows(0, 3);
        run.start();
        run.deliver(3);
        run.task().close(List.of(P0));
        run.clock.move(Duration.ofHours(1));
        run.task().put(List.of());
        assertThat(run.store.puts).isEmpty();
        assertThat(run.task().preCommit(Map.of(P0, new OffsetAndMetadata(3)))).isEmpty();
    }

    @Test
    void shouldSayThatItTriesAgain() {
        run.config.put("flush.records", "1");
        run.addRows(0, 1);
        run.start();
        run.store.failures = 1;
        assertThatThrownBy(() -> run.task().put(run.log.get(P0))).isInstanceOf(RetriableException.class);
        assertThat(run.timeoutMs).isEqualTo(1000);
        run.crash();
    }

    private static String name(int partition, int offset) {
        return String.format("lake/t/%d-%020d.parquet", partition, offset);
    }
}
