package io.millrace.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.engine.explain.Comparison;
import io.millrace.engine.explain.ComparisonText;
import io.millrace.engine.explain.Estimate;
import io.millrace.engine.explain.Explanation;
import io.millrace.engine.plan.SourceNeeds;
import io.millrace.engine.plan.StateLayout;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Explanations and comparisons as JSON, in the form that {@code docs/explain.md} tells. */
final class ExplanationJson {

    private ExplanationJson() {}

    static ObjectNode of(Explanation explanation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("pipeline", explanation.pipeline());
        node.put("application_id", explanation.applicationId());
        ArrayNode sources = node.putArray("sources");
        explanation.sources().forEach(source -> add(sources.addObject(), source));
        ArrayNode steps = node.putArray("steps");
        explanation.steps().forEach(step -> add(steps.addObject(), step));
        ArrayNode topics = node.putArray("topics");
        explanation.topics().forEach(topic -> {
            ObjectNode json = topics.addObject();
            json.put("name", topic.name());
            json.put("partitions", topic.partitions());
            strings(json.putObject("config"), topic.config());
        });
        ArrayNode connectors = node.putArray("connectors");
        explanation.connectors().forEach(connector -> {
            ObjectNode json = connectors.addObject();
            json.put("name", connector.name());
            json.put("direction", connector.direction().name().toLowerCase(Locale.ROOT));
            json.put("relation", connector.relation());
            strings(json.putObject("config"), connector.config());
        });
        node.put("topology", explanation.topology());
        return node;
    }

    private static void add(ObjectNode json, Explanation.Source source) {
        json.put("name", source.name());
        json.put("as", source.isTable() ? "table" : "stream");
        list(json, "key", source.key());
        json.put("topic", source.topic());
        json.put("connector", source.connector());
        list(json, "decoded", source.decoded());
        list(json, "skipped", source.skipped());
        SourceNeeds needs = source.needs();
        ObjectNode pushDown = json.putObject("push_down");
        pushDown.put("setting", needs.setting().name().toLowerCase(Locale.ROOT));
        list(pushDown, "columns", needs.columns());
        list(pushDown, "other_columns", needs.otherColumns());
        pushDown.put("columns_pushed", needs.isColumnsPushed());
        pushDown.put("where", needs.where());
        pushDown.put("why_all_rows", needs.whyAllRows());
        pushDown.put("where_pushed", needs.isWherePushed());
        list(json, "rules", source.rules());
        add(json.putArray("state"), source.state());
        json.set("estimate", estimate(source.estimate()));
    }

    private static void add(ObjectNode json, Explanation.Step step) {
        json.put("name", step.name());
        json.put("as", step.isTable() ? "table" : "stream");
        json.put("runs", step.isWanted());
        list(json, "key", step.key());
        list(json, "reads", step.reads());
        list(json, "looks_up", step.looksUp());
        json.put("logical", step.logical());
        json.put("optimised", step.optimised());
        ArrayNode operators = json.putArray("operators");
        step.operators().forEach(operator -> {
            ObjectNode node = operators.addObject();
            node.put("depth", operator.depth());
            node.put("text", operator.text());
            node.put("store", operator.store());
            node.put("repartition", operator.repartition());
            node.set("estimate", estimate(operator.estimate()));
        });
        list(json, "rules", step.rules());
        add(json.putArray("state"), step.state());
        json.set("estimate", estimate(step.estimate()));
    }

    private static void add(ArrayNode array, List<StateLayout> state) {
        state.forEach(layout -> array.add(layout(layout)));
    }

    private static ObjectNode layout(StateLayout layout) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("kind", layout.kind().name().toLowerCase(Locale.ROOT));
        json.put("name", layout.name());
        json.put("relation", layout.relation());
        json.put("topic", layout.topic());
        ArrayNode parts = json.putArray("parts");
        layout.parts().forEach(part -> {
            ObjectNode node = parts.addObject();
            node.put("role", part.role());
            node.put("name", part.name());
            node.put("type", part.type());
        });
        return json;
    }

    private static ObjectNode estimate(Estimate estimate) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("rows_in", Math.round(estimate.rowsIn()));
        json.put("rows_out", Math.round(estimate.rowsOut()));
        json.put("work", Math.round(estimate.cpu()));
        json.put("repartitioned_rows", Math.round(estimate.repartitionedRows()));
        json.put("repartitioned_bytes", Math.round(estimate.repartitionedBytes()));
        json.put("state_keys", Math.round(estimate.stateKeys()));
        json.put("state_bytes", Math.round(estimate.stateBytes()));
        return json;
    }

    static ObjectNode of(Comparison comparison) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("pipeline", comparison.pipeline());
        node.put("goes_on", comparison.canGoOn() && comparison.isSameApplication());
        node.put("same_application", comparison.isSameApplication());
        node.put("verdict", ComparisonText.verdict(comparison));
        ArrayNode state = node.putArray("state");
        comparison.items().forEach(item -> {
            ObjectNode json = layout(item.layout());
            json.remove("parts");
            json.put("fate", item.fate().name().toLowerCase(Locale.ROOT));
            list(json, "notes", item.notes());
            state.add(json);
        });
        return node;
    }

    private static void list(ObjectNode json, String key, List<String> values) {
        ArrayNode array = json.putArray(key);
        values.forEach(array::add);
    }

    private static void strings(ObjectNode json, Map<String, String> values) {
        new TreeMap<>(values).forEach(json::put);
    }
}
