package io.millrace.cli;

import io.millrace.document.Connection;
import io.millrace.document.DocumentSet;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Location;
import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The pipelines of some files, planned over the connections of the same files and the embedded stack's.
 *
 * @param plans the plans of the pipelines that are sound
 * @param connections how many connections the files hold
 * @param problems everything that is wrong with the others
 */
record PlannedFiles(List<PipelinePlan> plans, int connections, List<Problem> problems) {

    private static final Location BUILT_IN = new Location("the embedded stack", 1, 1);

    /** The connections that the embedded stack provides, on its default ports. */
    static final List<Connection> EMBEDDED = List.of(
            new Connection(
                    "local-postgres",
                    BUILT_IN,
                    "jdbc",
                    Map.of("url", "jdbc:postgresql://127.0.0.1:15432/postgres", "user", "postgres")),
            new Connection(
                    "local-s3",
                    BUILT_IN,
                    "s3",
                    Map.of("endpoint", "http://127.0.0.1:19000", "bucket", "millrace", "path_style", "true")));

    static PlannedFiles read(List<Path> files) throws IOException {
        List<Problem> problems = new ArrayList<>();
        List<Pipeline> pipelines = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        for (Path file : files) {
            try {
                DocumentSet documents = Documents.read(file);
                pipelines.addAll(documents.pipelines());
                connections.addAll(documents.connections());
            } catch (InvalidDocumentException e) {
                problems.addAll(e.problems());
            }
        }
        int own = connections.size();
        connections.addAll(0, EMBEDDED);
        List<PipelinePlan> plans = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
            try {
                plans.add(PipelinePlanner.plan(pipeline, connections, PlanOptions.DEFAULT));
            } catch (InvalidDocumentException e) {
                problems.addAll(e.problems());
            }
        }
        return new PlannedFiles(plans, own, problems);
    }
}
