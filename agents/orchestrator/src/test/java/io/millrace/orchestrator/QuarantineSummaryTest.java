package io.millrace.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Quarantined;
import java.util.List;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;

final class QuarantineSummaryTest {

    private final QuarantineSummary summary = new QuarantineSummary();

    @Test
    void shouldCountByReasonWithTheFirstRowAsItsExample() {
        summary.add(row("extract", null, "line is not JSON", "s3://b/a#line=3"));
        summary.add(row("rule", "check: x > 0", "The row breaks the rule check: x > 0", null));
        summary.add(row("rule", "check: x > 0", "The row breaks the rule check: x > 0", null));
        assertThat(summary.mostFrequentFirst())
                .containsExactly(
                        new RunReport.SetAside("r", "rule", "check: x > 0", 2, "topic t, partition 0, offset 7"),
                        new RunReport.SetAside("r", "extract", "line is not JSON", 1, "s3://b/a#line=3"));
    }

    @Test
    void shouldNotGrowWithEveryReasonThatNoTwoRowsShare() {
        for (int i = 0; i < 1500; i++) {
            summary.add(row("extract", null, "reason " + i, "o"));
        }
        List<RunReport.SetAside> reasons = summary.mostFrequentFirst();
        assertThat(reasons).hasSize(1001);
        assertThat(reasons.get(0)).isEqualTo(new RunReport.SetAside("r", "extract", "other reasons", 500, "o"));
    }

    private static GenericRecord row(String stage, String rule, String reason, String origin) {
        GenericRecord row = new GenericData.Record(Quarantined.getClassSchema());
        row.put("relation", "r");
        row.put("stage", stage);
        row.put("rule", rule);
        row.put("reason", reason);
        row.put("origin", origin);
        row.put("topic", "t");
        row.put("partition", 0);
        row.put("offset", 7L);
        return row;
    }
}
