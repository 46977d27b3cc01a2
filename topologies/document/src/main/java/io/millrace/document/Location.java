package io.millrace.document;

/**
 * A place in a file.
 *
 * @param file the file's name as the user gave it
 * @param line counts from 1
 * @param column counts from 1, in characters
 */
public record Location(String file, int line, int column) implements Comparable<Location> {

    @Override
    public int compareTo(Location other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        int byLine = Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    /** {@code file:line:column}, as compilers write it. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
