package io.millrace.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a document. Asking for a key that has another kind of value than asked for reports it and gives nothing, so that
 * reading goes on and finds the other faults.
 */
final class YamlMap {

    private final MappingNode node;
    private final Yaml yaml;
    private final String what;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();

    YamlMap(MappingNode node, Yaml yaml, String what) {
        this.node = node;
        this.yaml = yaml;
        this.what = what;
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                yaml.problem(tuple.getKeyNode(), "A key is a word");
            } else if (entries.put(key.getValue(), tuple) != null) {
                yaml.problem(key, "The key '" + key.getValue() + "' stands twice in " + what);
            }
        }
    }

    Location location() {
        return yaml.location(node);
    }

    Yaml yaml() {
        return yaml;
    }

    Set<String> keys() {
        return entries.keySet();
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    Location keyLocation(String key) {
        NodeTuple tuple = entries.get(key);
        return tuple == null ? location() : yaml.location(tuple.getKeyNode());
    }

    Location valueLocation(String key) {
        NodeTuple tuple = entries.get(key);
        return tuple == null ? location() : yaml.location(tuple.getValueNode());
    }

    @Nullable
    Node value(String key) {
        NodeTuple tuple = entries.get(key);
        return tuple == null ? null : tuple.getValueNode();
    }

    /** Reports the keys that are none of {@code allowed}. */
    void allow(String... allowed) {
        List<String> names = List.of(allowed);
        for (String key : entries.keySet()) {
            if (!names.contains(key)) {
                yaml.problem(
                        keyLocation(key),
                        "'" + key + "' is not a key of " + what,
                        NearestName.of(key, names)
                                .map(nearest -> "did you mean '" + nearest + "'?")
                                .orElse("its keys are " + String.join(", ", names)));
            }
        }
    }

    void problem(Location location, String message, @Nullable String hint) {
        yaml.problem(location, message, hint);
    }

    /** The scalar under a key; reports it when it is missing. */
    @Nullable
    String required(String key) {
        if (!entries.containsKey(key)) {
            yaml.problem(location(), "In " + what + ", '" + key + "' is missing", null);
            return null;
        }
        return scalar(key);
    }

    /** The scalar under a key, or null. */
    @Nullable
    String scalar(String key) {
        Node value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof ScalarNode scalar && !isNull(scalar)) {
            return scalar.getValue();
        }
        yaml.problem(value, "'" + key + "' takes one value, not " + kind(value));
        return null;
    }

    /** The text under a key, with the places of its lines, or null. */
    @Nullable
    Text text(String key) {
        String value = scalar(key);
        return value == null ? null : YamlText.of((ScalarNode) java.util.Objects.requireNonNull(value(key)), yaml);
    }

    /** The mapping under a key, or null. */
    @Nullable
    YamlMap map(String key, String description) {
        Node value = value(key);
        if (value == null) {
            return null;
        }
        if (value instanceof MappingNode mapping) {
            return new YamlMap(mapping, yaml, description);
        }
        if (!isNull(value)) {
            yaml.problem(value, "'" + key + "' takes a mapping, not " + kind(value));
        }
        return null;
    }

    /** The mapping under a key that is there; reports it when it is empty. */
    @Nullable
    YamlMap filledMap(String key, String description) {
        Node value = value(key);
        if (value != null && isNull(value)) {
            yaml.problem(value, "'" + key + "' takes a mapping, not nothing");
            return null;
        }
        return map(key, description);
    }

    /** Calls {@code each} with the name and mapping of every entry under a key. */
    void eachMap(String key, String description, BiConsumer<String, YamlMap> each) {
        YamlMap map = map(key, description + "s");
        if (map != null) {
            for (String name : map.keys()) {
                YamlMap entry = map.map(name, "the " + description + " '" + name + "'");
                if (entry != null) {
                    each.accept(name, entry);
                } else if (isNull(map.value(name))) {
                    yaml.problem(map.keyLocation(name), "The " + description + " '" + name + "' is empty", null);
                }
            }
        }
    }

    /** The nodes of the sequence under a key; a single value counts as a sequence of one. */
    List<Node> sequence(String key) {
        Node value = value(key);
        if (value == null || isNull(value)) {
            return List.of();
        }
        return value instanceof SequenceNode sequence ? sequence.getValue() : List.of(value);
    }

    /** The scalars of the sequence under a key. */
    List<String> scalars(String key) {
        List<String> scalars = new ArrayList<>();
        for (Node item : sequence(key)) {
            if (item instanceof ScalarNode scalar && !isNull(item)) {
                scalars.add(scalar.getValue());
            } else {
                yaml.problem(item, "'" + key + "' takes single values, not " + kind(item));
            }
        }
        return scalars;
    }

    /** Every entry as a string: scalars as written, sequences joined by commas. */
    Map<String, String> strings() {
        Map<String, String> strings = new LinkedHashMap<>();
        for (String key : entries.keySet()) {
            Node value = value(key);
            if (value instanceof MappingNode) {
                yaml.problem(value, "'" + key + "' takes a value or a list, not a mapping");
            } else if (value instanceof SequenceNode) {
                strings.put(key, String.join(",", scalars(key)));
            } else if (value instanceof ScalarNode scalar && !isNull(scalar)) {
                strings.put(key, scalar.getValue());
            } else {
                yaml.problem(keyLocation(key), "'" + key + "' has no value", null);
            }
        }
        return strings;
    }

    static boolean isNull(@Nullable Node node) {
        return node == null || node.getTag().equals(org.snakeyaml.engine.v2.nodes.Tag.NULL);
    }

    static String kind(Node node) {
        if (node instanceof MappingNode) {
            return "a mapping";
        }
        return node instanceof SequenceNode ? "a list" : isNull(node) ? "nothing" : "a single value";
    }
}
