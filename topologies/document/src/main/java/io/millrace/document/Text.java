package io.millrace.document;

import java.util.List;

/**
 * Text taken from a document (a SQL query, a condition), with the place of each of its lines, so that an error inside the
 * text can be shown where it stands in the file.
 *
 * @param value the text as YAML gives it
 * @param lines the place of the first character of each line of {@code value}; at least one
 */
public record Text(String value, List<Location> lines) {

    public Text {
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("A text has at least one line");
        }
        lines = List.copyOf(lines);
    }

    /** Where the text begins. */
    public Location location() {
        return lines.get(0);
    }

    /** The place in the file of a position in the text; {@code line} and {@code column} count from 1. */
    public Location at(int line, int column) {
        Location start = lines.get(Math.max(0, Math.min(line, lines.size()) - 1));
        return new Location(start.file(), start.line(), start.column() + Math.max(0, column - 1));
    }
}
