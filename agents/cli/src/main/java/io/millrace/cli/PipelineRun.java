package io.millrace.cli;

import io.millrace.cli.stack.StackEndpoints;
import io.millrace.document.Connection;
import io.millrace.document.DocumentSet;
import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.orchestrator.Cluster;
import io.millrace.orchestrator.JobRun;
import io.millrace.orchestrator.RunException;
import io.millrace.orchestrator.RunObserver;
import io.millrace.orchestrator.RunReport;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Runs a pipeline as a job on a stack. */
public final class PipelineRun {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** How long a run waits while nothing moves, unless told otherwise. */
    public static final Duration PATIENCE = Duration.ofMinutes(5);

    private PipelineRun() {}

    /**
     * Plans the only pipeline of {@code documents} for {@code endpoints} and runs it to its end.
     *
     * @param stateDirectory where its stores lie
     * @param patience how long nothing may move before the run gives up
     * @throws InvalidDocumentException when the pipeline is not sound
     * @throws RunException when the run cannot start or fails
     */
    public static RunReport execute(
            DocumentSet documents,
            StackEndpoints endpoints,
            Path stateDirectory,
            Duration patience,
            RunObserver observer)
            throws InvalidDocumentException, RunException {
        List<Connection> connections = new ArrayList<>(endpoints.connections());
        connections.addAll(documents.connections());
        PipelinePlan plan = PipelinePlanner.plan(
                documents.pipelines().get(0), connections, PlanOptions.DEFAULT.withRun(newRunId()));
        Cluster cluster = new Cluster(
                Map.of("bootstrap.servers", endpoints.bootstrapServers()),
                endpoints.connect(),
                Map.of("schema.registry.url", endpoints.schemaRegistry().toString()),
                stateDirectory,
                patience);
        return JobRun.execute(plan, cluster, observer);
    }

    /** Sorts by time, and two runs of one second differ. */
    private static String newRunId() {
        byte[] random = new byte[2];
        new SecureRandom().nextBytes(random);
        return TIME.format(Instant.now()) + "-" + HexFormat.of().formatHex(random);
    }
}
