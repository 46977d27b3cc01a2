package io.millrace.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TaskCountsTest {

    private final TaskCounts tasks = new TaskCounts();

    @Test
    void shouldMakePartsThatWriteTogetherAsWideAsTheWidest() {
        // Given
        tasks.add("orders", 6, Set.of("join"));
        tasks.add("payments", 2, Set.of("join", "count"));
        tasks.add("alone", 3, Set.of());
        tasks.add("join", tasks.wanted("join"), Set.of());

        // Then
        assertThat(tasks.wanted("join")).isEqualTo(6);
        assertThat(tasks.wanted("count")).isEqualTo(2);
        assertThat(tasks.writing("join")).isEqualTo(6);
        assertThat(tasks.writing("count")).isEqualTo(6);
        assertThat(tasks.all()).isEqualTo(Map.of("orders", 6, "payments", 6, "alone", 3, "join", 6));
    }

    @Test
    void shouldWidenASourceThatWritesBesideAWideRepartition() {
        // Given a repartition that is there with more partitions than its writer has.
        tasks.add("orders", 1, Set.of("count", "join"));
        tasks.add("count", 4, Set.of("join"));
        tasks.add("join", tasks.wanted("join"), Set.of());

        // Then
        assertThat(tasks.writing("count")).isEqualTo(4);
        assertThat(tasks.writing("join")).isEqualTo(4);
        assertThat(tasks.partitions("join")).isEqualTo(4);
        assertThat(tasks.all()).isEqualTo(Map.of("orders", 4, "count", 4, "join", 4));
    }
}
