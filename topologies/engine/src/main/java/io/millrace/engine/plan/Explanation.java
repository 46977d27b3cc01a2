package io.millrace.engine.plan;

import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptUtil;

/**
 * A plan as people read it.
 *
 * @param pipeline the pipeline's name
 * @param sections what there is to say, in the order of a row's way
 */
public record Explanation(String pipeline, List<Section> sections) {

    public Explanation {
        sections = List.copyOf(sections);
    }

    /** A titled block of lines. */
    public record Section(String title, String text) {}

    public static Explanation of(PipelinePlan plan) {
        List<Section> sections = new ArrayList<>();
        for (Relation relation : plan.relations()) {
            if (relation instanceof Relation.SourceRelation source) {
                sections.add(new Section("source " + source.name(), source(source)));
            } else if (relation instanceof Relation.StepRelation step) {
                sections.add(new Section("step " + step.name(), step(step)));
            }
        }
        StringBuilder topics = new StringBuilder();
        plan.topics()
                .forEach(topic -> topics.append(topic.name())
                        .append("  partitions ")
                        .append(topic.partitions())
                        .append("  ")
                        .append(new TreeMap<>(topic.config()))
                        .append('\n'));
        sections.add(new Section("topics", topics.toString()));
        StringBuilder connectors = new StringBuilder();
        for (ConnectorPlan connector : plan.connectors()) {
            connectors.append(connector.name()).append('\n');
            new TreeMap<>(connector.config())
                    .forEach((key, value) -> connectors
                            .append("  ")
                            .append(key)
                            .append(" = ")
                            .append(value)
                            .append('\n'));
        }
        sections.add(new Section("connectors", connectors.toString()));
        sections.add(new Section("topology", describe(plan)));
        return new Explanation(plan.pipeline().name(), sections);
    }

    /** Streams' own description of a plan's topology. */
    static String describe(PipelinePlan plan) {
        return PlanTopology.build(plan, new InMemorySchemaRegistry())
                .describe()
                .toString()
                // Which lambda it is says nothing, and differs from run to run.
                .replaceAll("extractor class: [^)\\s]+", "the topic that each row names");
    }

    private static String source(Relation.SourceRelation source) {
        StringBuilder text = new StringBuilder();
        text.append(source.isTable() ? "table, key " + source.key() : "stream")
                .append(", topic ")
                .append(source.topic())
                .append('\n');
        List<String> decoded = new ArrayList<>();
        List<String> skipped = new ArrayList<>();
        source.rowType()
                .getFieldList()
                .forEach(column -> (source.wanted().get(column.getIndex()) ? decoded : skipped).add(column.getName()));
        text.append("decoded: ").append(String.join(", ", decoded)).append('\n');
        if (!skipped.isEmpty()) {
            text.append("skipped undecoded: ")
                    .append(String.join(", ", skipped))
                    .append('\n');
        }
        return text.append(rules(source)).toString();
    }

    private static String step(Relation.StepRelation step) {
        StringBuilder text = new StringBuilder();
        text.append(step.isTable() ? "table, key " + step.key() : "stream")
                .append(", reads ")
                .append(String.join(", ", step.reads()))
                .append('\n');
        text.append("as written:\n").append(indented(RelOptUtil.toString(step.logical())));
        text.append("optimised:\n").append(indented(RelOptUtil.toString(step.optimised())));
        text.append("operators:\n").append(indented(OperatorTree.text(step.node())));
        return text.append(rules(step)).toString();
    }

    private static String rules(Relation relation) {
        StringBuilder text = new StringBuilder();
        relation.checks()
                .forEach(check -> text.append("rule: ")
                        .append(check.rule().text())
                        .append(" -> ")
                        .append(check.rule().onFailure().name().toLowerCase(java.util.Locale.ROOT))
                        .append('\n'));
        return text.toString();
    }

    private static String indented(String plan) {
        return plan.indent(2);
    }

    /** Everything as text, a heading for each section. */
    public String text() {
        StringBuilder text = new StringBuilder("pipeline ").append(pipeline).append('\n');
        sections.forEach(section ->
                text.append("\n== ").append(section.title()).append('\n').append(section.text()));
        return text.toString();
    }
}
