package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class StallTest {

    private Instant now = Instant.EPOCH;
    private final Stall stall = new Stall(() -> now);

    @Test
    void shouldCountFromTheLastChangeOfAnything() {
        stall.since(1L, "a");
        now = now.plusSeconds(10);
        assertThat(stall.since(1L, "a")).isEqualTo(Duration.ofSeconds(10));
        assertThat(stall.since(2L, "a")).isZero();
        now = now.plusSeconds(3);
        assertThat(stall.since(2L, "a")).isEqualTo(Duration.ofSeconds(3));
        assertThat(stall.since(2L, "b")).isZero();
    }
}
