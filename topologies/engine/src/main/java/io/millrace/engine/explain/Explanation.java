package io.millrace.engine.explain;

import io.millrace.engine.physical.Node;
import io.millrace.engine.plan.ConnectorPlan;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.engine.plan.PlannedState;
import io.millrace.engine.plan.Relation;
import io.millrace.engine.plan.SourceNeeds;
import io.millrace.engine.plan.StateLayout;
import io.millrace.engine.plan.TopicPlan;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.type.RelDataTypeField;

/**
 * A plan as a value to be shown.
 *
 * @param pipeline the pipeline's name
 * @param applicationId the identity of the Streams application that runs it
 * @param sources the sources, in the order of the document
 * @param steps the steps, each behind those that it reads
 * @param topics the topics that the pipeline needs
 * @param connectors the connectors that it needs
 * @param topology Streams' own description of the topology
 */
public record Explanation(
        String pipeline,
        String applicationId,
        List<Source> sources,
        List<Step> steps,
        List<TopicPlan> topics,
        List<ConnectorPlan> connectors,
        String topology) {

    public Explanation {
        sources = List.copyOf(sources);
        steps = List.copyOf(steps);
        topics = List.copyOf(topics);
        connectors = List.copyOf(connectors);
    }

    /**
     * A source.
     *
     * @param decoded the columns that are decoded
     * @param skipped the columns that are not
     * @param needs what its connector is told, and could be
     */
    public record Source(
            String name,
            boolean isTable,
            List<String> key,
            String topic,
            String connector,
            List<String> decoded,
            List<String> skipped,
            SourceNeeds needs,
            List<String> rules,
            List<StateLayout> state,
            Estimate estimate) {}

    /**
     * A step.
     *
     * @param isWanted whether anything comes of its rows; if not, it does not run
     * @param logical its query as it was understood
     * @param optimised its query as it runs
     * @param operators what runs it, the last first, each before those that give it rows
     */
    public record Step(
            String name,
            boolean isTable,
            boolean isWanted,
            List<String> key,
            List<String> reads,
            List<String> looksUp,
            String logical,
            String optimised,
            List<Operator> operators,
            List<String> rules,
            List<StateLayout> state,
            Estimate estimate) {}

    /**
     * An operator.
     *
     * @param depth how many operators its rows go through behind it
     * @param text what it does
     * @param store the name of its store, or what the names of its stores begin with; empty without any
     * @param repartition the columns by which its rows are brought together; empty when they are already
     */
    public record Operator(int depth, String text, String store, String repartition, Estimate estimate) {}

    /** Explains a plan, with estimates by {@code costs}. */
    public static Explanation of(PipelinePlan plan, CostModel costs) {
        List<StateLayout> state = PlannedState.of(plan);
        List<Source> sources = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (Relation relation : plan.relations()) {
            List<StateLayout> own = state.stream()
                    .filter(layout -> layout.relation().equals(relation.name()))
                    .toList();
            if (relation instanceof Relation.SourceRelation source) {
                sources.add(source(plan, source, own, costs));
            } else if (relation instanceof Relation.StepRelation step) {
                steps.add(step(plan, step, own, costs));
            }
        }
        return new Explanation(
                plan.pipeline().name(),
                plan.applicationId(),
                sources,
                steps,
                plan.topics(),
                plan.connectors(),
                describe(plan));
    }

    /** The same with estimates for as many rows as nobody knows better. */
    public static Explanation of(PipelinePlan plan) {
        return of(plan, new CostModel(Map.of()));
    }

    /** Streams' own description of a plan's topology. */
    public static String describe(PipelinePlan plan) {
        return PlanTopology.build(plan, new InMemorySchemaRegistry())
                .describe()
                .toString()
                // Which lambda it is says nothing, and differs from run to run.
                .replaceAll("extractor class: [^)\\s]+", "the topic that each row names");
    }

    private static Source source(
            PipelinePlan plan, Relation.SourceRelation source, List<StateLayout> state, CostModel costs) {
        List<String> decoded = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        for (RelDataTypeField column : source.rowType().getFieldList()) {
            (source.wanted().get(column.getIndex()) ? decoded : skipped).add(column.getName());
        }
        SourceNeeds needs = plan.needs().stream()
                .filter(of -> of.source().equals(source.name()))
                .findFirst()
                .orElseThrow();
        return new Source(
                source.name(),
                source.isTable(),
                source.key(),
                source.topic(),
                source.source().connector().type(),
                decoded,
                skipped,
                needs,
                rules(source),
                state,
                costs.source(source));
    }

    private static Step step(PipelinePlan plan, Relation.StepRelation step, List<StateLayout> state, CostModel costs) {
        List<Operator> operators = new ArrayList<>();
        addOperators(step.node(), 0, operators, costs);
        return new Step(
                step.name(),
                step.isTable(),
                plan.isWanted(step),
                step.key(),
                List.copyOf(step.reads()),
                List.copyOf(step.looksUp()),
                RelOptUtil.toString(step.logical()),
                RelOptUtil.toString(step.optimised()),
                operators,
                rules(step),
                state,
                costs.step(step));
    }

    private static void addOperators(Node node, int depth, List<Operator> operators, CostModel costs) {
        operators.add(new Operator(
                depth,
                OperatorText.of(node),
                node instanceof Node.Stateful stateful ? stateful.name() : "",
                OperatorText.repartition(node),
                costs.of(node)));
        node.inputs().forEach(input -> addOperators(input, depth + 1, operators, costs));
    }

    private static List<String> rules(Relation relation) {
        return relation.checks().stream()
                .map(check -> check.rule().text() + " -> "
                        + check.rule().onFailure().name().toLowerCase(Locale.ROOT))
                .toList();
    }
}
