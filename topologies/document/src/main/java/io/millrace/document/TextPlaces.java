package io.millrace.document;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a text stand in the file that it was taken from.
 *
 * @param parts parts that stand together in the file, in their order; the first begins the text
 */
public record TextPlaces(List<Part> parts) {

    /**
     * A part of a text, up to the next one.
     *
     * @param line the line of the text in which it begins, from 1
     * @param column the column of the text in which it begins, from 1
     * @param location where it begins in the file
     */
    public record Part(int line, int column, Location location) {}

    public TextPlaces {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("A text has at least one part");
        }
        parts = List.copyOf(parts);
    }

    static TextPlaces ofLines(List<Location> lines) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            parts.add(new Part(i + 1, 1, lines.get(i)));
        }
        return new TextPlaces(parts);
    }

    Location at(int line, int column) {
        Part of = parts.get(0);
        for (Part part : parts) {
            if (part.line() > line || (part.line() == line && part.column() > column)) {
                break;
            }
            of = part;
        }
        // What stands in a line without a part of its own is only known to be behind the last part.
        int columns = of.line() == line ? Math.max(0, column - of.column()) : 0;
        Location start = of.location();
        return new Location(start.file(), start.line(), start.column() + columns);
    }
}
