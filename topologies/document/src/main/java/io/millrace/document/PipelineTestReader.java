package io.millrace.document;

import io.millrace.document.PipelineTest.Expected;
import io.millrace.document.PipelineTest.ExpectedFailure;
import io.millrace.document.PipelineTest.ExpectedRow;
import io.millrace.document.PipelineTest.Input;
import io.millrace.document.PipelineTest.Order;
import io.millrace.document.PipelineTest.TestCase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads the tests of a pipeline. */
final class PipelineTestReader {

    private final YamlMap document;

    PipelineTestReader(YamlMap document) {
        this.document = document;
    }

    PipelineTest read() {
        document.allow("pipeline", "spec", "tests");
        String file = document.scalar("pipeline");
        YamlMap spec = document.map("spec", "the spec");
        if ((file == null) == (spec == null)) {
            document.problem(document.location(), "A test names its pipeline, or has its spec", "pipeline: FILE");
        }
        Pipeline inline = spec == null ? null : new PipelineReader(spec).read("test", document.location(), Map.of());
        List<TestCase> tests = new ArrayList<>();
        maps(document, "tests", "the test").forEach(test -> tests.add(test(test)));
        if (tests.isEmpty()) {
            document.problem(document.location(), "There are no tests", "tests: [{name: …, input: …, output: …}]");
        }
        return new PipelineTest(document.location(), file, inline, tests);
    }

    private static List<YamlMap> maps(YamlMap map, String key, String what) {
        List<YamlMap> maps = new ArrayList<>();
        for (Node node : map.sequence(key)) {
            if (node instanceof MappingNode mapping) {
                maps.add(new YamlMap(mapping, map.yaml(), what));
            } else {
                map.problem(map.yaml().location(node), what + " is a mapping, not " + YamlMap.kind(node), null);
            }
        }
        return maps;
    }

    private static TestCase test(YamlMap test) {
        test.allow("name", "input", "ends", "output", "quarantine");
        String name = test.required("name");
        List<Input> input = new ArrayList<>();
        maps(test, "input", "an input").forEach(map -> input.add(input(map)));
        Map<String, Expected> output = new LinkedHashMap<>();
        YamlMap outputs = test.map("output", "the output");
        if (outputs != null) {
            outputs.keys().forEach(relation -> output.put(relation, expected(outputs, relation)));
        }
        List<ExpectedFailure> quarantine = null;
        if (test.has("quarantine")) {
            quarantine = new ArrayList<>();
            for (YamlMap failure : maps(test, "quarantine", "a row in quarantine")) {
                failure.allow("relation", "reason");
                quarantine.add(
                        new ExpectedFailure(failure.location(), failure.scalar("relation"), failure.scalar("reason")));
            }
        }
        return new TestCase(name == null ? "" : name, test.location(), input, ends(test), output, quarantine);
    }

    private static boolean ends(YamlMap test) {
        String ends = test.scalar("ends");
        if (ends != null && !ends.equals("true") && !ends.equals("false")) {
            test.problem(test.valueLocation("ends"), "Whether the run ends is true or false, not " + ends, null);
        }
        return !"false".equals(ends);
    }

    private static Input input(YamlMap map) {
        map.allow("to", "key", "value", "timestamp");
        String to = map.required("to");
        if (!map.has("value")) {
            map.problem(map.location(), "In an input, 'value' is missing", "value: null is a tombstone");
        }
        return new Input(
                to == null ? "" : to,
                map.location(),
                fields(map, "key"),
                fields(map, "value"),
                map.scalar("timestamp"));
    }

    private static Expected expected(YamlMap outputs, String relation) {
        Location location = outputs.keyLocation(relation);
        if (outputs.value(relation) instanceof MappingNode) {
            YamlMap map = outputs.map(relation, "the output '" + relation + "'");
            if (map != null) {
                map.allow("order", "rows");
                return new Expected(location, order(map), rows(map, "rows"));
            }
        }
        return new Expected(location, Order.EXACT, rows(outputs, relation));
    }

    private static Order order(YamlMap map) {
        String order = map.scalar("order");
        if (order == null) {
            return Order.EXACT;
        }
        if (order.equals("any") || order.equals("last")) {
            return Order.valueOf(order.toUpperCase(Locale.ROOT));
        }
        map.problem(map.valueLocation("order"), "The order is any or last, not " + order, null);
        return Order.EXACT;
    }

    private static List<ExpectedRow> rows(YamlMap map, String key) {
        List<ExpectedRow> rows = new ArrayList<>();
        for (YamlMap row : maps(map, key, "a row")) {
            row.allow("key", "value", "timestamp");
            rows.add(new ExpectedRow(
                    row.location(),
                    fields(row, "key"),
                    fields(row, "value"),
                    row.has("value") && YamlMap.isNull(row.value("value")),
                    row.scalar("timestamp")));
        }
        return rows;
    }

    private static @Nullable Map<String, @Nullable Object> fields(YamlMap map, String key) {
        YamlMap fields = map.map(key, key);
        if (fields == null) {
            return null;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.keys()
                .forEach(field ->
                        values.put(field, value(fields, java.util.Objects.requireNonNull(fields.value(field)))));
        return values;
    }

    private static @Nullable Object value(YamlMap fields, Node node) {
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(value(fields, item)));
            return items;
        }
        if (node instanceof MappingNode) {
            fields.problem(
                    fields.yaml().location(node), "The value of a column is one value or a list, not a mapping", null);
            return null;
        }
        if (!(node instanceof ScalarNode scalar) || YamlMap.isNull(node)) {
            return null;
        }
        if (scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.valueOf(scalar.getValue());
        }
        if (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT)) {
            try {
                return new BigDecimal(scalar.getValue());
            } catch (NumberFormatException e) {
                return scalar.getValue();
            }
        }
        return scalar.getValue();
    }
}
