package io.millrace.orchestrator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** Counts what is in quarantine by relation, stage and reason. */
final class QuarantineSummary {

    private static final int MAX_REASONS = 1000;

    private record Reason(String relation, String stage, String text) {}

    private record Count(long rows, String example) {}

    private final Map<Reason, Count> counts = new LinkedHashMap<>();

    void add(GenericRecord row) {
        String rule = text(row, "rule");
        Reason reason = new Reason(
                String.valueOf(text(row, "relation")),
                String.valueOf(text(row, "stage")),
                rule == null ? String.valueOf(text(row, "reason")) : rule);
        if (counts.size() >= MAX_REASONS && !counts.containsKey(reason)) {
            reason = new Reason(reason.relation(), reason.stage(), "other reasons");
        }
        counts.merge(reason, new Count(1, origin(row)), (known, one) -> new Count(known.rows() + 1, known.example()));
    }

    private static String origin(GenericRecord row) {
        String origin = text(row, "origin");
        if (origin != null) {
            return origin;
        }
        return "topic " + text(row, "topic") + ", partition " + text(row, "partition") + ", offset "
                + text(row, "offset");
    }

    private static @Nullable String text(GenericRecord row, String field) {
        Object value = row.get(field);
        return value == null ? null : value.toString();
    }

    List<RunReport.SetAside> mostFrequentFirst() {
        List<RunReport.SetAside> rows = new ArrayList<>();
        counts.forEach((reason, count) -> rows.add(new RunReport.SetAside(
                reason.relation(), reason.stage(), reason.text(), count.rows(), count.example())));
        rows.sort(Comparator.comparingLong(RunReport.SetAside::rows).reversed());
        return rows;
    }
}
