package io.millrace.orchestrator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Notices that nothing moves. */
final class Stall {

    private final InstantSource clock;
    private List<Object> state = List.of();
    private Instant moved;

    Stall(InstantSource clock) {
        this.clock = clock;
        this.moved = clock.instant();
    }

    /** How long all of this has been what it is. */
    Duration since(Object... now) {
        List<Object> next = List.of(now);
        if (!next.equals(state)) {
            state = next;
            moved = clock.instant();
        }
        return Duration.between(moved, clock.instant());
    }
}
