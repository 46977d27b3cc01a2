package io.millrace.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A file's YAML as nodes that know their place. */
final class Yaml {

    private static final int MAX_ALIASES = 50;
    private static final int MAX_CHARACTERS = 4 * 1024 * 1024;

    private final String file;
    private final String[] lines;
    private final List<Problem> problems;

    private Yaml(String file, String text, List<Problem> problems) {
        this.file = file;
        this.lines = text.split("\r\n|\n|\r", -1);
        this.problems = problems;
    }

    /** The documents of a file, each a mapping; what is wrong goes to {@code problems}. */
    static List<YamlMap> documents(String file, String text, List<Problem> problems) {
        Yaml yaml = new Yaml(file, text, problems);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                // As editors and other tools read it: ~ is nothing, True is true.
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(MAX_ALIASES)
                .setCodePointLimit(MAX_CHARACTERS)
                .build();
        List<YamlMap> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                if (node instanceof MappingNode mapping) {
                    documents.add(new YamlMap(mapping, yaml, "the document"));
                } else {
                    yaml.problem(node, "A document is a mapping that begins with apiVersion: " + Documents.API_VERSION);
                }
            }
        } catch (MarkedYamlEngineException e) {
            Location place = e.getProblemMark().map(yaml::location).orElse(new Location(file, 1, 1));
            problems.add(Problem.at(place, "This is not YAML: " + String.valueOf(e.getProblem())));
        } catch (YamlEngineException | StackOverflowError e) {
            String why = e instanceof StackOverflowError ? "it is nested too deeply" : String.valueOf(e.getMessage());
            problems.add(Problem.at(new Location(file, 1, 1), "This is not YAML that can be read: " + why));
        }
        if (documents.isEmpty() && problems.isEmpty()) {
            problems.add(Problem.at(new Location(file, 1, 1), "The file holds no document"));
        }
        return documents;
    }

    Location location(Mark mark) {
        return new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    Location location(Node node) {
        Optional<Mark> mark = node.getStartMark();
        return mark.map(this::location).orElse(new Location(file, 1, 1));
    }

    void problem(Node node, String message) {
        problem(location(node), message, null);
    }

    void problem(Location location, String message, @Nullable String hint) {
        problems.add(new Problem(location, message, hint));
    }

    /** The text of a line of the file, counted from 1; empty behind the end. */
    /** How many lines the file has. */
    int lines() {
        return lines.length;
    }

    String line(int number) {
        return number <= lines.length ? lines[number - 1] : "";
    }
}
