package io.millrace.document;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Where the lines of a scalar's text stand in the file. */
final class YamlText {

    private YamlText() {}

    static Text of(ScalarNode scalar, Yaml yaml) {
        Location start = yaml.location(scalar);
        ScalarStyle style = scalar.getScalarStyle();
        if (style == ScalarStyle.LITERAL) {
            return new Text(scalar.getValue(), literal(scalar, start, yaml));
        }
        int quote = style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED ? 1 : 0;
        int below = style == ScalarStyle.FOLDED ? 1 : 0;
        Location first = below == 0
                ? new Location(start.file(), start.line(), start.column() + quote)
                : indented(start, start.line() + 1, yaml);
        // Folding joins lines, so that a place behind the first of them is only as exact as that one.
        List<Location> lines = new ArrayList<>();
        scalar.getValue().lines().forEach(line -> lines.add(first));
        return new Text(scalar.getValue(), lines.isEmpty() ? List.of(first) : lines);
    }

    /** A literal block keeps its lines: they follow the line of the indicator, one for one, behind their indentation. */
    private static List<Location> literal(ScalarNode scalar, Location start, Yaml yaml) {
        int count = Math.max(1, (int) scalar.getValue().lines().count());
        int indentation = 0;
        String[] lines = scalar.getValue().split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].isBlank()) {
                indentation = Math.max(0, yaml.line(start.line() + 1 + i).indexOf(lines[i]));
                break;
            }
        }
        List<Location> places = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            places.add(new Location(start.file(), start.line() + 1 + i, indentation + 1));
        }
        return places;
    }

    private static Location indented(Location start, int line, Yaml yaml) {
        String text = yaml.line(line);
        return new Location(
                start.file(), line, text.length() - text.stripLeading().length() + 1);
    }
}
