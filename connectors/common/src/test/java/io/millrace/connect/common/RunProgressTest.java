package io.millrace.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.Test;

final class RunProgressTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final RunProgress progress = new RunProgress("p-source-a", "r1", 0, 2);

    @Test
    void shouldTellTheEndOnceAndOnlyWhenAllIsAcknowledged() {
        progress.polledRow();
        progress.polledDeadLetter();
        progress.acknowledged();
        assertThat(progress.end("ends", NOW)).isNull();
        progress.acknowledged();
        SourceRecord end = progress.end("ends", NOW);
        assertThat(end).isNotNull();
        Struct value = (Struct) end.value();
        value.validate();
        assertThat(value.getInt64("records")).isEqualTo(1);
        assertThat(value.getInt64("dead_letters")).isEqualTo(1);
        assertThat(value.getInt32("tasks")).isEqualTo(2);
        assertThat(progress.end("ends", NOW)).isNull();
    }

    @Test
    void shouldKnowAfterARestartThatTheRunHasEnded() {
        SourceRecord end = progress.end("ends", NOW);
        assertThat(end).isNotNull();
        RunProgress sameRun = new RunProgress("p-source-a", "r1", 0, 2);
        sameRun.restore(stored(end));
        assertThat(sameRun.hasEnded()).isTrue();
        RunProgress nextRun = new RunProgress("p-source-a", "r2", 0, 2);
        nextRun.restore(stored(end));
        assertThat(nextRun.hasEnded()).isFalse();
    }

    private static OffsetStorageReader stored(SourceRecord record) {
        return new OffsetStorageReader() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Map<String, Object> offset(Map<String, T> partition) {
                return partition.equals(record.sourcePartition()) ? (Map<String, Object>) record.sourceOffset() : null;
            }

            @Override
            public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                Map<Map<String, T>, Map<String, Object>> offsets = new HashMap<>();
                partitions.forEach(partition -> offsets.put(partition, offset(partition)));
                return offsets;
            }
        };
    }
}
