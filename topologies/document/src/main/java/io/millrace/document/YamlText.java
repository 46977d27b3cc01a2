package io.millrace.document;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * Finds where the parts of a scalar's text stand in the file: follows its characters through the lines of the file, where YAML
 * folds lines into one, takes their indentation away and writes some characters as others.
 */
final class YamlText {

    private final String value;
    private final ScalarStyle style;
    private final Yaml yaml;
    private final Location start;
    private final List<TextPlaces.Part> parts = new ArrayList<>();
    private int line;
    private int column;

    private YamlText(ScalarNode scalar, Yaml yaml) {
        this.value = scalar.getValue();
        this.style = scalar.getScalarStyle();
        this.yaml = yaml;
        this.start = yaml.location(scalar);
        boolean isBlock = style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED;
        boolean isQuoted = style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED;
        this.line = isBlock ? start.line() + 1 : start.line();
        this.column = isBlock ? 1 : start.column() + (isQuoted ? 1 : 0);
    }

    static Text of(ScalarNode scalar, Yaml yaml) {
        return new YamlText(scalar, yaml).text();
    }

    private Text text() {
        int textLine = 1;
        int textColumn = 1;
        boolean isApart = true;
        for (int i = 0; i < value.length(); i++) {
            char wanted = value.charAt(i);
            if (Character.isWhitespace(wanted)) {
                isApart |= !takeBlank(wanted);
            } else {
                isApart |= skipBlanks();
                int length = lengthHere(wanted);
                if (length == 0) {
                    break;
                }
                if (isApart) {
                    parts.add(new TextPlaces.Part(textLine, textColumn, new Location(start.file(), line, column)));
                }
                column += length;
                isApart = length > 1;
            }
            boolean isEnd = wanted == '\n';
            textLine += isEnd ? 1 : 0;
            textColumn = isEnd ? 1 : textColumn + 1;
        }
        return parts.isEmpty() ? new Text(value, List.of(new Location(start.file(), line, column))) : first();
    }

    /** The text with a part at its very beginning. */
    private Text first() {
        TextPlaces.Part part = parts.get(0);
        if (part.line() > 1 || part.column() > 1) {
            parts.add(0, new TextPlaces.Part(1, 1, part.location()));
        }
        return new Text(value, new TextPlaces(parts));
    }

    /** Takes a blank if it stands here as it is. */
    private boolean takeBlank(char wanted) {
        String here = yaml.line(line);
        if (wanted != '\n' && column <= here.length() && here.charAt(column - 1) == wanted) {
            column++;
            return true;
        }
        return false;
    }

    /** Goes to what is no blank, and says whether it moved. */
    private boolean skipBlanks() {
        boolean moved = false;
        while (line <= yaml.lines()) {
            String here = yaml.line(line);
            while (column <= here.length() && Character.isWhitespace(here.charAt(column - 1))) {
                column++;
                moved = true;
            }
            if (column <= here.length() && !isEscapedEnd(here)) {
                return moved;
            }
            line++;
            column = 1;
            moved = true;
        }
        return moved;
    }

    /** A line in double quotes that ends with a backslash goes on in the next. */
    private boolean isEscapedEnd(String here) {
        return style == ScalarStyle.DOUBLE_QUOTED && column == here.length() && here.charAt(column - 1) == '\\';
    }

    /** How many characters of the file stand here for one of the text; none when they cannot be told. */
    private int lengthHere(char wanted) {
        String here = yaml.line(line);
        if (column > here.length()) {
            return 0;
        }
        String rest = here.substring(column - 1);
        if (style == ScalarStyle.SINGLE_QUOTED && wanted == '\'') {
            return rest.startsWith("''") ? 2 : 0;
        }
        if (style == ScalarStyle.DOUBLE_QUOTED && rest.charAt(0) == '\\') {
            return rest.length() > 1 && rest.charAt(1) == wanted ? 2 : 0;
        }
        return rest.charAt(0) == wanted ? 1 : 0;
    }
}
