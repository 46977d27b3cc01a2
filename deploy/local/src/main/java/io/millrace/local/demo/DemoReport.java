package io.millrace.local.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.cli.Figures;
import io.millrace.cli.RunReportPrinter;
import io.millrace.cli.TextTable;
import io.millrace.cli.stack.StackEndpoints;
import io.millrace.orchestrator.RunReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the demo shows at its end.
 *
 * @param start how long the stack took to start
 * @param load how long the example's data took to load
 * @param run what the run did
 * @param arrivals what the sinks hold
 * @param directory where the stack's data lies
 * @param endpoints where the stack listens
 * @param stays whether the stack stays up
 */
record DemoReport(
        Duration start,
        Duration load,
        RunReport run,
        Arrivals arrivals,
        Path directory,
        StackEndpoints endpoints,
        boolean stays) {

    void print(PrintWriter out) {
        RunReportPrinter.print(run, out);
        long rows = run.read().values().stream().mapToLong(Long::longValue).sum();
        out.println();
        out.println("Starting the stack took " + Figures.seconds(start) + ", loading the example's data "
                + Figures.seconds(load) + "; the run moved " + Figures.perSecond(rows, run.total()) + ".");
        out.println();
        out.println("In Postgres, table hourly_delay: " + Figures.count(arrivals.hourlyDelays())
                + " rows. The worst hours with three flights or more:");
        out.println();
        table(out, arrivals.worstHours(), "origin", "hour", "flights", "average delay");
        out.println();
        out.println("In S3, clean/: " + Figures.count(arrivals.departures()) + " rows in " + arrivals.parquetFiles()
                + (arrivals.parquetFiles() == 1 ? " Parquet file, " : " Parquet files, ")
                + Figures.count(arrivals.parquetBytes() / 1024) + " KiB. The first:");
        out.println();
        table(out, arrivals.firstDepartures(), "departed at", "origin", "city", "state", "delay", "distance");
        out.println();
        out.println("Next:");
        if (stays) {
            out.println("  psql '" + endpoints.jdbcUrl().substring("jdbc:".length()) + "?user=" + endpoints.jdbcUser()
                    + "' -c 'SELECT * FROM hourly_delay LIMIT 5'");
            out.println("  Ctrl-C stops the stack");
        } else {
            out.println(
                    "  ./millrace demo --keep                                  the same, and the stack stays up to look around");
        }
        out.println("  ./millrace explain examples/flights/flights.yaml        what the pipeline is made into");
        out.println("  ./millrace test examples/flights/flights-test.yaml      its tests, without a broker");
        out.println("  the Parquet files are below "
                + directory.resolve("s3").resolve(endpoints.s3Bucket()).resolve("clean"));
    }

    private static void table(PrintWriter out, List<List<String>> rows, String... heads) {
        TextTable table = new TextTable(heads);
        rows.forEach(row -> table.row(row.toArray(String[]::new)));
        table.print(out, "  ");
    }

    ObjectNode json() {
        ObjectNode node = RunReportPrinter.json(run);
        node.put("stack_start_ms", start.toMillis());
        node.put("load_ms", load.toMillis());
        node.put("hourly_delay_rows", arrivals.hourlyDelays());
        node.put("clean_rows", arrivals.departures());
        node.put("clean_files", arrivals.parquetFiles());
        return node;
    }
}
