package io.millrace.processor;

import io.millrace.engine.operator.RowFailedException;
import io.millrace.schemas.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a stream thread that failed. A fault of the system (broker, registry, disk) is waited out and the thread replaced:
 * its transaction was aborted, so nothing is lost or doubled. Anything else would fail again on the same row, so the processor stops
 * and says why.
 */
final class FaultPolicy implements StreamsUncaughtExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FaultPolicy.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(2);

    private final String pipeline;
    private final InstantSource clock;
    private int faults;
    private Instant lastFault = Instant.EPOCH;
    private volatile @Nullable Throwable failure;

    FaultPolicy(String pipeline, InstantSource clock) {
        this.pipeline = pipeline;
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable exception) {
        Throwable cause = decisive(exception);
        if (!isFaultOfTheSystem(cause)) {
            failure = cause;
            LOG.error("{} stops: {}", pipeline, cause.toString(), exception);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        Instant now = clock.instant();
        faults = lastFault.plus(FORGOTTEN_AFTER).isBefore(now) ? 0 : faults + 1;
        lastFault = now;
        Duration pause = pause(faults);
        LOG.warn("{} tries again in {} ms: {}", pipeline, pause.toMillis(), cause.toString());
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Doubles with every fault that follows another within two minutes, up to the longest. */
    static Duration pause(int faults) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(faults, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    /** Why the processor stopped for good. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /** The cause that says most: the first that is known, else the innermost. */
    private static Throwable decisive(Throwable exception) {
        Throwable cause = exception;
        while (cause.getCause() != null && !isKnown(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static boolean isKnown(Throwable cause) {
        return cause instanceof RowFailedException
                || cause instanceof RegistryException
                || cause instanceof RetriableException;
    }

    private static boolean isFaultOfTheSystem(Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof IOException
                || (cause instanceof RegistryException registry
                        && (registry.isTransient() || registry.errorCode() == RegistryException.UNREACHABLE));
    }
}
