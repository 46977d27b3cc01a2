package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.orchestrator.RunReport;
import java.io.PrintWriter;
import java.util.Locale;

/** Shows what a run did. */
public final class RunReportPrinter {

    private static final int SHOWN_REASONS = 10;

    private RunReportPrinter() {}

    /** For people. */
    public static void print(RunReport report, PrintWriter out) {
        out.println(report.pipeline() + ": run " + report.runId() + " completed in " + Figures.seconds(report.total()));
        out.println();
        TextTable rows = new TextTable("", "rows", "");
        report.read().forEach((source, count) -> rows.row(source, Figures.count(count), "read"));
        report.written().forEach((sink, count) -> rows.row(sink, Figures.count(count), "written"));
        rows.row(
                "quarantine",
                Figures.count(report.quarantine().stream()
                        .mapToLong(RunReport.SetAside::rows)
                        .sum()),
                "set aside");
        rows.print(out, "  ");
        if (!report.quarantine().isEmpty()) {
            out.println();
            TextTable reasons = new TextTable("in quarantine", "rows", "stage", "why", "for example");
            report.quarantine().stream()
                    .limit(SHOWN_REASONS)
                    .forEach(reason -> reasons.row(
                            reason.relation(),
                            Figures.count(reason.rows()),
                            reason.stage(),
                            reason.reason(),
                            reason.example()));
            reasons.print(out, "  ");
            if (report.quarantine().size() > SHOWN_REASONS) {
                out.println("  and " + (report.quarantine().size() - SHOWN_REASONS) + " more reasons");
            }
        }
        out.println();
        TextTable phases = new TextTable("took", "");
        report.phases().forEach((phase, took) -> phases.row(phase.text(), Figures.seconds(took)));
        phases.print(out, "  ");
    }

    /** For programs: counts, and durations in milliseconds. */
    public static ObjectNode json(RunReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("run", report.runId());
        node.put("pipeline", report.pipeline());
        node.put("state", "completed");
        node.put("total_ms", report.total().toMillis());
        ObjectNode phases = node.putObject("phases_ms");
        report.phases().forEach((phase, took) -> phases.put(phase.name().toLowerCase(Locale.ROOT), took.toMillis()));
        ObjectNode read = node.putObject("read");
        report.read().forEach(read::put);
        ObjectNode written = node.putObject("written");
        report.written().forEach(written::put);
        ArrayNode quarantine = node.putArray("quarantine");
        report.quarantine()
                .forEach(reason -> quarantine
                        .addObject()
                        .put("relation", reason.relation())
                        .put("stage", reason.stage())
                        .put("reason", reason.reason())
                        .put("rows", reason.rows())
                        .put("example", reason.example()));
        return node;
    }
}
