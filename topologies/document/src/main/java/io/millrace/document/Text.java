package io.millrace.document;

import java.util.List;

/**
 * Text taken from a document (a SQL query, a condition), with the places of its parts, so that an error inside the text can be
 * shown where it stands in the file.
 *
 * @param value the text as YAML gives it
 * @param places where its parts stand
 */
public record Text(String value, TextPlaces places) {

    /**
     * A text of which each line stands by itself in the file.
     *
     * @param lines the place of the first character of each line of {@code value}; at least one
     */
    public Text(String value, List<Location> lines) {
        this(value, TextPlaces.ofLines(lines));
    }

    /** Where the text begins. */
    public Location location() {
        return at(1, 1);
    }

    /** The place in the file of a position in the text; {@code line} and {@code column} count from 1. */
    public Location at(int line, int column) {
        return places.at(line, column);
    }
}
