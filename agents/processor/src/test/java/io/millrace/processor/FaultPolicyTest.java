package io.millrace.processor;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.schemas.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

final class FaultPolicyTest {

    private final FaultPolicy policy = new FaultPolicy("flights", InstantSource.system());

    @Test
    void shouldWaitOutFaultsOfTheSystem() {
        assertThat(policy.handle(new StreamsException("x", new TimeoutException("broker"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(policy.handle(new StreamsException("x", new IOException("disk full"))))
                .isEqualTo(REPLACE_THREAD);
        assertThat(policy.failure()).isEmpty();
    }

    @Test
    void shouldStopForGoodOnWhatWouldFailAgain() {
        RegistryException incompatible = new RegistryException(409, false, "incompatible");
        assertThat(policy.handle(new StreamsException("x", incompatible))).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(policy.failure()).contains(incompatible);
    }

    @Test
    void shouldPauseTwiceAsLongEachTimeUpToHalfAMinute() {
        assertThat(FaultPolicy.pause(0)).isEqualTo(Duration.ofMillis(500));
        assertThat(FaultPolicy.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(FaultPolicy.pause(60)).isEqualTo(Duration.ofSeconds(30));
    }
}
