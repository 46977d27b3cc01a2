package io.millrace.cli;

import io.millrace.cli.stack.StackEndpoints;
import io.millrace.document.Connection;
import io.millrace.document.DocumentSet;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipelines of some files, planned over the connections of the same files and the embedded stack's.
 *
 * @param plans the plans of the pipelines that are sound
 * @param connections how many connections the files hold
 * @param problems everything that is wrong with the others
 */
record PlannedFiles(List<PipelinePlan> plans, int connections, List<Problem> problems) {

    /** The connections that the embedded stack provides, on its fixed ports. */
    static final List<Connection> EMBEDDED = StackEndpoints.FIXED.connections();

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
