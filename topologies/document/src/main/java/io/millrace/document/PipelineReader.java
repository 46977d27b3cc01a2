package io.millrace.document;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads the spec of a pipeline. */
final class PipelineReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,62}");
    private static final Pattern DURATION =
            Pattern.compile("(\\d+)\\s*(MILLISECOND|SECOND|MINUTE|HOUR|DAY)S?", Pattern.CASE_INSENSITIVE);

    private final YamlMap spec;
    private final Map<String, Location> relations = new LinkedHashMap<>();

    PipelineReader(YamlMap spec) {
        this.spec = spec;
    }

    Pipeline read(String name, Location location, Map<String, String> labels) {
        spec.allow("sources", "steps", "event_time", "quality", "sinks", "on_error", "emit");
        List<Source> sources = sources();
        List<Step> steps = steps();
        List<EventTime> eventTime = eventTime();
        Map<String, List<Rule>> quality = new LinkedHashMap<>();
        Map<String, Location> qualityLocations = new LinkedHashMap<>();
        YamlMap rules = spec.map("quality", "quality");
        if (rules != null) {
            for (String relation : rules.keys()) {
                checkRelation(relation, rules.keyLocation(relation));
                quality.put(relation, new RuleReader(rules).read(relation));
                qualityLocations.put(relation, rules.keyLocation(relation));
            }
        }
        List<Sink> sinks = sinks();
        // In YAML the word null is nothing; here it is one of the words.
        Node onErrorNode = spec.value("on_error");
        OnError onError = onErrorNode != null && YamlMap.isNull(onErrorNode)
                ? OnError.NULL
                : choice(spec, "on_error", OnError.class, OnError.QUARANTINE);
        Map<String, Emit> emit = new LinkedHashMap<>();
        Map<String, Location> emitLocations = new LinkedHashMap<>();
        YamlMap emissions = spec.map("emit", "emit");
        if (emissions != null) {
            for (String step : emissions.keys()) {
                checkRelation(step, emissions.keyLocation(step));
                emit.put(step, choice(emissions, step, Emit.class, Emit.ON_CHANGE));
                emitLocations.put(step, emissions.keyLocation(step));
            }
        }
        if (sources.isEmpty() && isEmpty(spec.value("sources"))) {
            spec.problem(spec.location(), "A pipeline has sources", "add sources: {NAME: {connector: …}}");
        }
        return new Pipeline(
                name,
                location,
                labels,
                sources,
                steps,
                eventTime,
                quality,
                qualityLocations,
                sinks,
                onError,
                emit,
                emitLocations);
    }

    /** One of a few words, in lower case in the document. */
    private static <E extends Enum<E>> E choice(YamlMap map, String key, Class<E> of, E absent) {
        String text = map.scalar(key);
        if (text == null) {
            return absent;
        }
        List<String> words = new ArrayList<>();
        for (E constant : of.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return constant;
            }
            words.add(word);
        }
        map.problem(
                map.valueLocation(key),
                "'" + text + "' is not among what " + key + " can be",
                NearestName.of(text, words)
                        .map(nearest -> "did you mean '" + nearest + "'?")
                        .orElse(String.join(", ", words)));
        return absent;
    }

    private static boolean isEmpty(@Nullable Node node) {
        return YamlMap.isNull(node)
                || (node instanceof MappingNode mapping && mapping.getValue().isEmpty());
    }

    private void define(String name, Location location) {
        if (!NAME.matcher(name).matches()) {
            spec.problem(location, "'" + name + "' is not a name", "letters, digits and _, beginning with a letter");
        }
        if (name.equalsIgnoreCase("quarantine")) {
            spec.problem(location, "'" + name + "' is the name of the topic of rows that failed", "take another");
        }
        Location first = relations.putIfAbsent(name.toLowerCase(Locale.ROOT), location);
        if (first != null) {
            spec.problem(location, "The name '" + name + "' is taken at " + first, null);
        }
    }

    private List<Source> sources() {
        List<Source> sources = new ArrayList<>();
        YamlMap names = spec.map("sources", "the sources");
        spec.eachMap("sources", "source", (name, source) -> {
            Location location = names == null ? source.location() : names.keyLocation(name);
            define(name, location);
            source.allow("connector", "connection", "config", "columns", "as", "key", "push_down");
            String as = source.scalar("as");
            if (as != null && !as.equals("table") && !as.equals("stream")) {
                source.problem(
                        source.valueLocation("as"), "A source is read as table or as stream, not as " + as, null);
            }
            List<String> key = source.scalars("key");
            if ("table".equals(as) && key.isEmpty()) {
                source.problem(location, "The table '" + name + "' has no key", "add key: COLUMN");
            }
            sources.add(new Source(
                    name,
                    location,
                    connector(source, location),
                    source.text("columns"),
                    "table".equals(as),
                    key,
                    source.valueLocation("key"),
                    choice(source, "push_down", PushDown.class, PushDown.NONE),
                    source.valueLocation("push_down")));
        });
        return sources;
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        YamlMap map = spec.map("steps", "the steps");
        if (map != null) {
            for (String name : map.keys()) {
                define(name, map.keyLocation(name));
                Text sql = map.text(name);
                if (sql != null) {
                    steps.add(new Step(name, map.keyLocation(name), sql));
                }
            }
        }
        return steps;
    }

    private List<EventTime> eventTime() {
        List<EventTime> all = new ArrayList<>();
        YamlMap names = spec.map("event_time", "event_time");
        spec.eachMap("event_time", "event time of", (relation, eventTime) -> {
            Location location = names == null ? eventTime.location() : names.keyLocation(relation);
            checkRelation(relation, location);
            eventTime.allow("column", "delay", "late");
            String column = eventTime.required("column");
            String delay = eventTime.scalar("delay");
            if (column != null) {
                Duration duration = delay == null ? Duration.ZERO : duration(delay, eventTime);
                all.add(new EventTime(
                        relation,
                        location,
                        column,
                        eventTime.valueLocation("column"),
                        duration,
                        choice(eventTime, "late", OnLate.class, OnLate.QUARANTINE)));
            }
        });
        return all;
    }

    private static Duration duration(String text, YamlMap map) {
        Matcher matcher = DURATION.matcher(text.strip());
        try {
            if (matcher.matches()) {
                long count = Long.parseLong(matcher.group(1));
                return switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
                    case "MILLISECOND" -> Duration.ofMillis(count);
                    case "SECOND" -> Duration.ofSeconds(count);
                    case "MINUTE" -> Duration.ofMinutes(count);
                    case "HOUR" -> Duration.ofHours(count);
                    default -> Duration.ofDays(count);
                };
            }
            Duration duration = Duration.parse(text.strip());
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
            // Said below, as for every other text that is no duration.
        }
        map.problem(
                map.valueLocation("delay"), "'" + text + "' is not a length of time", "for example 5 MINUTES, or PT5M");
        return Duration.ZERO;
    }

    private List<Sink> sinks() {
        List<Sink> sinks = new ArrayList<>();
        YamlMap names = spec.map("sinks", "the sinks");
        spec.eachMap("sinks", "sink", (name, sink) -> {
            Location location = names == null ? sink.location() : names.keyLocation(name);
            if (!NAME.matcher(name).matches()) {
                spec.problem(
                        location, "'" + name + "' is not a name", "letters, digits and _, beginning with a letter");
            }
            sink.allow("from", "connector", "connection", "config");
            String from = sink.required("from");
            if (from != null) {
                checkRelation(from, sink.valueLocation("from"));
                sinks.add(new Sink(name, location, from, sink.valueLocation("from"), connector(sink, location)));
            }
        });
        return sinks;
    }

    private void checkRelation(String name, Location location) {
        if (!relations.containsKey(name.toLowerCase(Locale.ROOT))) {
            Optional<String> nearest = NearestName.of(name, relations.keySet());
            spec.problem(
                    location,
                    "There is no source or step '" + name + "'",
                    nearest.map(found -> "did you mean '" + found + "'?").orElse(null));
        }
    }

    private static Connector connector(YamlMap map, Location location) {
        String type = map.required("connector");
        String connection = map.scalar("connection");
        Map<String, String> config = new LinkedHashMap<>();
        Map<String, Location> locations = new LinkedHashMap<>();
        YamlMap settings = map.map("config", "config");
        if (settings != null) {
            config.putAll(settings.strings());
            settings.keys().forEach(key -> locations.put(key, settings.keyLocation(key)));
        }
        return new Connector(
                type == null ? "" : type,
                map.valueLocation("connector"),
                connection,
                connection == null ? location : map.valueLocation("connection"),
                config,
                locations);
    }
}
