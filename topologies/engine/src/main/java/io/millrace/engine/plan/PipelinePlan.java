package io.millrace.engine.plan;

import io.millrace.document.Pipeline;
import io.millrace.document.Sink;
import io.millrace.engine.physical.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.rex.RexBuilder;

/**
 * What a pipeline was made into.
 *
 * @param pipeline the document
 * @param options where it will run
 * @param relations every source and step, each after the ones that it reads
 * @param needs what it needs of each source, and what of that the source's connector is told
 * @param topics the topics it needs
 * @param connectors the connectors it needs, sources first
 * @param rexBuilder the builder that the relations' expressions came from
 */
public record PipelinePlan(
        Pipeline pipeline,
        PlanOptions options,
        List<Relation> relations,
        List<SourceNeeds> needs,
        List<TopicPlan> topics,
        List<ConnectorPlan> connectors,
        RexBuilder rexBuilder) {

    public PipelinePlan {
        relations = List.copyOf(relations);
        needs = List.copyOf(needs);
        topics = List.copyOf(topics);
        connectors = List.copyOf(connectors);
    }

    /** The identity of the Streams application that runs it. */
    public String applicationId() {
        return options.applicationPrefix() + pipeline.name();
    }

    /** The topic of rows that could not be processed. */
    public String quarantineTopic() {
        return pipeline.name() + ".quarantine";
    }

    /** Whether the relation's rows are wanted on its topic: a sink takes them from there. */
    public boolean hasSink(String relation) {
        return pipeline.sinks().stream().map(Sink::from).anyMatch(from -> from.equalsIgnoreCase(relation));
    }

    /** Whether anything comes of the relation's rows: a sink takes them, or a step of which that is true. */
    public boolean isWanted(Relation relation) {
        return hasSink(relation.name()) || isRead(relation);
    }

    /** Whether a step whose rows are wanted takes the relation's rows and changes. */
    public boolean isRead(Relation relation) {
        String name = relation.name().toLowerCase(Locale.ROOT);
        return relations.stream()
                .anyMatch(reader -> reader instanceof Relation.StepRelation step
                        && step.reads().contains(name)
                        && isWanted(step));
    }

    /** Whether a step whose rows are wanted looks rows up in the table. */
    public boolean isLookedUp(Relation relation) {
        String name = relation.name().toLowerCase(Locale.ROOT);
        return relations.stream()
                .anyMatch(reader -> reader instanceof Relation.StepRelation step
                        && step.looksUp().contains(name)
                        && isWanted(step));
    }

    /** The topics of sources that the topology takes rows and changes from. */
    public List<String> streamTopics() {
        return relations.stream()
                .filter(relation -> relation instanceof Relation.SourceRelation && isRead(relation))
                .map(Relation::topic)
                .toList();
    }

    /** The topics with which the topology sends rows to itself, to bring together what belongs together; each after those that feed it. */
    public List<String> repartitionTopics() {
        List<String> topics = new ArrayList<>();
        for (Relation relation : relations) {
            if (relation instanceof Relation.StepRelation step && isWanted(step)) {
                List<String> above = new ArrayList<>();
                step.node().visit(node -> {
                    if (node instanceof Node.Stateful stateful && stateful.exchange() != null) {
                        above.add(0, repartitionTopic(stateful.name()));
                    }
                });
                topics.addAll(above);
            }
        }
        return topics;
    }

    /** The repartition topic of this name, as Streams names it. */
    String repartitionTopic(String name) {
        return applicationId() + "-" + name + PlannedState.REPARTITION_SUFFIX;
    }

    /** Whether rows wait for others in it that the end of a job's run must send on. */
    public boolean closesAtEnd() {
        boolean[] waits = {false};
        for (Relation relation : relations) {
            if (relation instanceof Relation.StepRelation step && isWanted(step)) {
                step.node().visit(node -> waits[0] |= isWaiting(node));
            }
        }
        return options.isJob() && waits[0];
    }

    private static boolean isWaiting(Node node) {
        return (node instanceof Node.Group group && group.isOnClose())
                || (node instanceof Node.Sessions sessions && sessions.isOnClose())
                || (node instanceof Node.StreamJoin join && join.type().isOuterJoin())
                || node instanceof Node.Over
                || node instanceof Node.WithConstants;
    }

    /** The relation with this name. */
    public Relation relation(String name) {
        return relations.stream()
                .filter(relation -> relation.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No relation '" + name + "' in " + pipeline.name()));
    }
}
