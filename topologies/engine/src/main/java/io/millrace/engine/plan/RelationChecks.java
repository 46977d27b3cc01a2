package io.millrace.engine.plan;

import io.millrace.document.Emit;
import io.millrace.document.Pipeline;
import io.millrace.document.Problem;
import io.millrace.engine.physical.Node;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a pipeline asks of its relations that shows when all of them are planned. */
record RelationChecks(Pipeline pipeline, Map<String, Relation> relations, List<Problem> problems) {

    /** Adds what is wrong to the problems. */
    void check() {
        checkSinks();
        checkTables();
        checkEmit();
    }

    /** A sink takes a relation's rows from its topic, where a source's rows stand before any rule has seen them. */
    private void checkSinks() {
        pipeline.sinks().forEach(sink -> {
            Relation from = relations.get(sink.from().toLowerCase(Locale.ROOT));
            if (from instanceof Relation.SourceRelation && !from.checks().isEmpty()) {
                problems.add(new Problem(
                        sink.fromLocation(),
                        "Sink '" + sink.name() + "' takes '" + sink.from() + "' from its topic, before its rules",
                        "add a step, SELECT * FROM " + sink.from() + ", with the rules, and sink that"));
            }
        });
    }

    /** A topic of a table is read in one way: whole, to look rows up in it, or change by change. */
    private void checkTables() {
        for (Relation relation : relations.values()) {
            if (!(relation instanceof Relation.SourceRelation source) || !source.isTable()) {
                continue;
            }
            String name = source.name().toLowerCase(Locale.ROOT);
            Relation.StepRelation follower = null;
            Relation.StepRelation looker = null;
            for (Relation reader : relations.values()) {
                if (reader instanceof Relation.StepRelation step) {
                    follower = step.reads().contains(name) ? step : follower;
                    looker = step.looksUp().contains(name) ? step : looker;
                }
            }
            if (looker != null && !source.checks().isEmpty()) {
                problems.add(new Problem(
                        source.checks().get(0).rule().location(),
                        "'" + source.name() + "' is looked up whole by '" + looker.name()
                                + "', and from there no row can be sent to quarantine",
                        "check the columns that come out of '" + looker.name() + "'"));
            }
            if (follower != null && looker != null) {
                problems.add(new Problem(
                        follower.step().sql().location(),
                        "'" + source.name() + "' is followed by '" + follower.name() + "' and looked up whole by '"
                                + looker.name() + "', and a topic can be read in one way only",
                        "give one of the two a source of its own"));
            }
        }
    }

    private void checkEmit() {
        pipeline.emit().forEach((name, emit) -> {
            Relation relation = relations.get(name.toLowerCase(Locale.ROOT));
            boolean[] hasWindows = {false};
            if (relation instanceof Relation.StepRelation step) {
                step.node()
                        .visit(node -> hasWindows[0] |= node instanceof Node.Sessions
                                || (node instanceof Node.Group group && group.window() != null));
            }
            if (relation != null && emit == Emit.ON_CLOSE && !hasWindows[0]) {
                problems.add(new Problem(
                        pipeline.emitLocations().getOrDefault(name, pipeline.location()),
                        "'" + name + "' has no window that could close",
                        "on_close is for steps that GROUP BY a window"));
            }
        });
    }
}
