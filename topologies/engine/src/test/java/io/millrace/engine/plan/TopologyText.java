package io.millrace.engine.plan;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.engine.explain.Explanation;
import io.millrace.engine.operator.RunEnd;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** The topology of a pipeline and its state as text, and the names in it. */
final class TopologyText {

    private TopologyText() {}

    static PipelinePlan plan(String yaml) throws InvalidDocumentException {
        return PipelinePlanner.plan(
                Documents.read("test.yaml", yaml).pipelines().get(0), List.of(), PlanOptions.DEFAULT);
    }

    static Topology topology(PipelinePlan plan) {
        return PlanTopology.build(plan, new InMemorySchemaRegistry());
    }

    /** What a golden file holds. */
    static String of(PipelinePlan plan) {
        StringBuilder text = new StringBuilder(Explanation.describe(plan));
        text.append("\nState:\n");
        for (StateLayout layout : PlannedState.of(plan)) {
            text.append("   ").append(layout.kind()).append(' ').append(layout.name());
            if (!layout.topic().isEmpty() && !layout.topic().equals(layout.name())) {
                text.append(" in ").append(layout.topic());
            }
            text.append('\n');
            layout.parts()
                    .forEach(part -> text.append("      ")
                            .append(part.role())
                            .append(": ")
                            .append(part)
                            .append('\n'));
        }
        return text.toString();
    }

    /** The names of all nodes and stores; those of sources and sinks with their topics. */
    static List<String> names(PipelinePlan plan) {
        List<String> names = new ArrayList<>();
        Matcher node = Pattern.compile("(Source|Processor|Sink): (\\S+) .*").matcher(Explanation.describe(plan));
        while (node.find()) {
            names.add(node.group().replaceAll("StaticTopicNameExtractor|extractor class.*", ""));
        }
        return names;
    }

    /** The stores that the topology has, by its own account. */
    static Set<String> stores(PipelinePlan plan) {
        Set<String> stores = new TreeSet<>();
        TopologyDescription description = topology(plan).describe();
        description
                .subtopologies()
                .forEach(part -> part.nodes().forEach(node -> {
                    if (node instanceof TopologyDescription.Processor processor) {
                        stores.addAll(processor.stores());
                    }
                }));
        description
                .globalStores()
                .forEach(global -> stores.addAll(global.processor().stores()));
        // Of a run, in memory: nothing of it is there in the next.
        stores.remove(RunEnd.STORE);
        return stores;
    }
}
