package io.millrace.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Lays rows out in columns: what looks like a number stands to the right, everything else to the left. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<String> heads;
    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... heads) {
        this.heads = List.of(heads);
    }

    /** Adds a row; it has a cell for each head. */
    public TextTable row(String... cells) {
        if (cells.length != heads.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + heads.size() + " columns");
        }
        rows.add(List.of(cells));
        return this;
    }

    /** Prints the heads and the rows, each with {@code indent} before it. */
    public void print(PrintWriter out, String indent) {
        int[] widths = new int[heads.size()];
        boolean[] isNumber = new boolean[heads.size()];
        for (int column = 0; column < heads.size(); column++) {
            widths[column] = heads.get(column).length();
            isNumber[column] = !rows.isEmpty();
            for (List<String> row : rows) {
                widths[column] = Math.max(widths[column], row.get(column).length());
                isNumber[column] &= row.get(column).matches("-?[\\d,.]+( (s|MiB|rows/s))?");
            }
        }
        printRow(out, indent, heads, widths, isNumber);
        rows.forEach(row -> printRow(out, indent, row, widths, isNumber));
    }

    private static void printRow(PrintWriter out, String indent, List<String> row, int[] widths, boolean[] isNumber) {
        StringBuilder line = new StringBuilder(indent);
        for (int column = 0; column < row.size(); column++) {
            String pad = " ".repeat(widths[column] - row.get(column).length());
            line.append(column == 0 ? "" : GAP);
            line.append(isNumber[column] ? pad + row.get(column) : row.get(column) + pad);
        }
        out.println(line.toString().stripTrailing());
    }
}
