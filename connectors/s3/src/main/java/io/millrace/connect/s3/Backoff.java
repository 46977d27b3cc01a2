package io.millrace.connect.s3;

import java.time.Duration;
import java.time.Instant;

/** How long to wait after faults in a row: a second, then twice as long each time, up to a minute. */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private Duration next = FIRST;
    private Instant until = Instant.MIN;

    /** Takes note of a fault; returns how long to wait. */
    Duration failed(Instant now) {
        Duration wait = next;
        until = now.plus(wait);
        Duration twice = wait.multipliedBy(2);
        next = twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
        return wait;
    }

    void succeeded() {
        next = FIRST;
        until = Instant.MIN;
    }

    /** How long it is still to wait; zero when it is not. */
    Duration remaining(Instant now) {
        return now.isBefore(until) ? Duration.between(now, until) : Duration.ZERO;
    }
}
