package io.millrace.orchestrator;

import io.millrace.orchestrator.RunException.Kind;
import io.millrace.processor.Processor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the parts of a run still work. */
final class RunHealth {

    private static final Duration BETWEEN_STATUS_CHECKS = Duration.ofSeconds(1);

    private final String pipeline;
    private final ConnectClient connect;
    private Instant statusChecked = Instant.now();

    RunHealth(String pipeline, ConnectClient connect) {
        this.pipeline = pipeline;
        this.connect = connect;
    }

    /** Throws when the processor has stopped, or one of these connectors has failed or is gone. */
    void require(@Nullable Processor processor, List<String> connectors) throws RunException {
        Optional<Throwable> failure = processor == null ? Optional.empty() : processor.failure();
        if (failure.isPresent()) {
            throw new RunException(
                    Kind.FAILED,
                    "The processor of " + pipeline + " stopped: "
                            + failure.get().getMessage(),
                    failure.get());
        }
        if (Instant.now().isBefore(statusChecked.plus(BETWEEN_STATUS_CHECKS))) {
            return;
        }
        for (String connector : connectors) {
            Optional<String> said = connect.failure(connector);
            if (said.isPresent()) {
                throw new RunException(Kind.FAILED, "Connector " + connector + " failed: " + said.get());
            }
        }
        statusChecked = Instant.now();
    }
}
