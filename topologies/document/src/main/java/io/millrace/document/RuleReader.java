package io.millrace.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the rules of one relation. */
final class RuleReader {

    static final List<String> KINDS = List.of("not_null", "between", "accepted_values", "check");

    private final YamlMap quality;

    RuleReader(YamlMap quality) {
        this.quality = quality;
    }

    List<Rule> read(String relation) {
        List<Rule> rules = new ArrayList<>();
        for (Node node : quality.sequence(relation)) {
            if (node instanceof MappingNode mapping) {
                Rule rule = rule(new YamlMap(mapping, quality.yaml(), "the rule"));
                if (rule != null) {
                    rules.add(rule);
                }
            } else {
                quality.problem(
                        quality.yaml().location(node),
                        "A rule is a mapping, not " + YamlMap.kind(node),
                        "for example - not_null: [id]");
            }
        }
        return rules;
    }

    private @Nullable Rule rule(YamlMap map) {
        map.allow("not_null", "between", "accepted_values", "check", "on_failure");
        OnFailure onFailure = onFailure(map);
        List<String> kinds = KINDS.stream().filter(map::has).toList();
        if (kinds.size() != 1) {
            map.problem(
                    map.location(),
                    kinds.isEmpty() ? "A rule says what must hold" : "A rule is one of " + String.join(", ", kinds),
                    "kinds: " + String.join(", ", KINDS));
            return null;
        }
        Location location = map.keyLocation(kinds.get(0));
        switch (kinds.get(0)) {
            case "not_null" -> {
                return notNull(map, location, onFailure);
            }
            case "check" -> {
                Text condition = map.text("check");
                return condition == null ? null : new Rule.Check(condition, location, onFailure);
            }
            case "between" -> {
                return between(map, location, onFailure);
            }
            default -> {
                return acceptedValues(map, location, onFailure);
            }
        }
    }

    private static @Nullable Rule notNull(YamlMap map, Location location, OnFailure onFailure) {
        if (map.sequence("not_null").isEmpty()) {
            map.problem(location, "not_null has no columns", null);
            return null;
        }
        return new Rule.NotNull(map.scalars("not_null"), location, onFailure);
    }

    private static @Nullable Rule between(YamlMap map, Location location, OnFailure onFailure) {
        YamlMap between = map.filledMap("between", "between");
        if (between == null) {
            return null;
        }
        between.allow("column", "min", "max");
        String column = between.required("column");
        String min = between.scalar("min");
        String max = between.scalar("max");
        if (min == null && max == null) {
            map.problem(location, "between has neither min nor max", null);
            return null;
        }
        return column == null ? null : new Rule.Between(column, min, max, location, onFailure);
    }

    private static @Nullable Rule acceptedValues(YamlMap map, Location location, OnFailure onFailure) {
        YamlMap accepted = map.filledMap("accepted_values", "accepted_values");
        if (accepted == null) {
            return null;
        }
        accepted.allow("column", "values");
        String column = accepted.required("column");
        List<String> values = accepted.scalars("values");
        if (values.isEmpty()) {
            map.problem(location, "accepted_values has no values", null);
            return null;
        }
        return column == null ? null : new Rule.AcceptedValues(column, values, location, onFailure);
    }

    private static OnFailure onFailure(YamlMap map) {
        String text = map.scalar("on_failure");
        if (text == null) {
            return OnFailure.QUARANTINE;
        }
        for (OnFailure value : OnFailure.values()) {
            if (value.name().toLowerCase(Locale.ROOT).equals(text)) {
                return value;
            }
        }
        map.problem(map.valueLocation("on_failure"), "on_failure cannot be '" + text + "'", "quarantine, warn or fail");
        return OnFailure.QUARANTINE;
    }
}
