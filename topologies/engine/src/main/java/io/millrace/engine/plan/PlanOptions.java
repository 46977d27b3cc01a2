package io.millrace.engine.plan;

import java.time.Duration;

/**
 * What a plan takes from where it will run.
 *
 * @param applicationPrefix begins every {@code application.id} and control topic, for example {@code millrace.}
 * @param partitions how many partitions new data topics get
 * @param isJob whether sources end when they have read all there is
 * @param runId the run, unique among the runs of the pipeline; empty for a service
 * @param idle after how long without rows a partition holds no window back
 */
public record PlanOptions(String applicationPrefix, int partitions, boolean isJob, String runId, Duration idle) {

    private static final Duration IDLE = Duration.ofSeconds(30);

    /** What {@code validate} and {@code explain} plan with. */
    public static final PlanOptions DEFAULT = new PlanOptions("millrace.", 1, true, "", IDLE);

    public PlanOptions {
        if (partitions < 1) {
            throw new IllegalArgumentException("A topic has at least one partition, not " + partitions);
        }
    }

    /** The topic on which source connectors say that they have read everything. */
    public String sourceEndTopic() {
        return applicationPrefix + "source-ends";
    }

    /** The topic on which the orchestrator says what runs have come to. */
    public String runsTopic() {
        return applicationPrefix + "runs";
    }

    /** The topic on which the tasks of a processor say that they have sent on all that waited for a run's end. */
    public String taskEndTopic() {
        return applicationPrefix + "task-ends";
    }

    public PlanOptions withRun(String newRunId) {
        return new PlanOptions(applicationPrefix, partitions, true, newRunId, idle);
    }
}
