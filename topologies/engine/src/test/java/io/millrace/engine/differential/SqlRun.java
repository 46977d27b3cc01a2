package io.millrace.engine.differential;

import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Pipeline;
import io.millrace.engine.plan.PipelinePlan;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import io.millrace.engine.plan.PlanTopology;
import io.millrace.schemas.registry.InMemorySchemaRegistry;
import io.millrace.schemas.registry.SchemaRegistryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.streams.Topology;

/** A pipeline of sources that are topics and steps whose every row is kept, planned once and run as often as one likes. */
final class SqlRun {

    /** Makes the topology of a plan; a test puts its own stores in here. */
    @FunctionalInterface
    interface TopologyBuilder {
        Topology build(PipelinePlan plan, SchemaRegistryClient registry);
    }

    private final PipelinePlan plan;
    private final TopologyBuilder builder;

    private SqlRun(PipelinePlan plan, TopologyBuilder builder) {
        this.plan = plan;
        this.builder = builder;
    }

    /**
     * Plans a pipeline.
     *
     * @param steps name to query
     * @throws InvalidDocumentException when the planner refuses it
     */
    static SqlRun plan(List<RelationSpec> sources, Map<String, String> steps) throws InvalidDocumentException {
        return of(Documents.read("test", PipelineText.of(sources, steps))
                .pipelines()
                .get(0));
    }

    /** Plans a document of which the sources and sinks are topics. */
    static SqlRun of(Pipeline pipeline) throws InvalidDocumentException {
        return new SqlRun(PipelinePlanner.plan(pipeline, List.of(), PlanOptions.DEFAULT), PlanTopology::build);
    }

    /** The same pipeline with other stores. */
    SqlRun with(TopologyBuilder newBuilder) {
        return new SqlRun(plan, newBuilder);
    }

    PipelinePlan plan() {
        return plan;
    }

    SqlResult run(List<Input> inputs) {
        return run(inputs, Set.of());
    }

    /** Runs the inputs, with the topology stopped and started again before each of the inputs at {@code restarts}. */
    SqlResult run(List<Input> inputs, Set<Integer> restarts) {
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        SqlResult result = new SqlResult(new LinkedHashMap<>(), new ArrayList<>());
        Map<String, Long> offsets = new LinkedHashMap<>();
        int start = 0;
        for (int i = 1; i <= inputs.size(); i++) {
            if (i == inputs.size() || restarts.contains(i)) {
                try (TopologyRun topology = new TopologyRun(plan, builder.build(plan, registry), registry)) {
                    topology.pipe(inputs.subList(start, i), start, offsets);
                    topology.collect(result);
                }
                start = i;
            }
        }
        return result;
    }
}
