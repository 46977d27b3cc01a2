package io.millrace.engine.row;

import org.jspecify.annotations.Nullable;

/**
 * A place inside a row: {@code address.lines[]} is an element of the array {@code lines} of the column {@code address}. Its
 * depth is limited, so that whatever goes down along one comes to an end.
 */
record ColumnPath(@Nullable ColumnPath parent, String step, int depth) {

    /** How many types can be nested in one another: a column's own is the first. */
    static final int MAX_DEPTH = 32;

    ColumnPath {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException(
                    "Column '" + first(parent) + "' is nested deeper than " + MAX_DEPTH + " types");
        }
    }

    static ColumnPath of(String column) {
        return new ColumnPath(null, column, 1);
    }

    ColumnPath field(String name) {
        return new ColumnPath(this, "." + name, depth + 1);
    }

    ColumnPath element() {
        return new ColumnPath(this, "[]", depth + 1);
    }

    ColumnPath key() {
        return new ColumnPath(this, "[key]", depth + 1);
    }

    private static String first(@Nullable ColumnPath path) {
        ColumnPath first = path;
        while (first != null && first.parent() != null) {
            first = first.parent();
        }
        return first == null ? "" : first.step();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (ColumnPath path = this; path != null; path = path.parent()) {
            text.insert(0, path.step());
        }
        return text.toString();
    }
}
