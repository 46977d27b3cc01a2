package io.millrace.orchestrator;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What a completed run did.
 *
 * @param runId the run
 * @param pipeline its pipeline
 * @param phases how long each phase took, in order
 * @param read rows read, by source
 * @param written rows written to their topic, by sink
 * @param quarantine what was set aside, the most frequent reason first
 */
public record RunReport(
        String runId,
        String pipeline,
        Map<RunSnapshot.Phase, Duration> phases,
        Map<String, Long> read,
        Map<String, Long> written,
        List<SetAside> quarantine) {

    /**
     * Rows in quarantine for one reason.
     *
     * @param relation where they failed
     * @param stage at which stage
     * @param reason why: the rule, or what the error said
     * @param rows how many
     * @param example where the first of them came from
     */
    public record SetAside(String relation, String stage, String reason, long rows, String example) {}

    /** How long it took in all. */
    public Duration total() {
        return phases.values().stream().reduce(Duration.ZERO, Duration::plus);
    }
}
