package io.millrace.engine.explain;

import java.util.List;

/** Lines of text, indented and, where there is a place for it, broken so that they fit a terminal. */
final class Lines {

    private static final int WIDTH = 120;
    private static final int LEAST = 40;

    private final StringBuilder text = new StringBuilder();

    void heading(String title) {
        text.append("\n== ").append(title).append('\n');
    }

    /** Adds a line; what does not fit goes on below, further in. */
    void add(int depth, String line) {
        String indent = "  ".repeat(depth);
        String rest = line;
        int room = Math.max(LEAST, WIDTH - indent.length());
        while (rest.length() > room) {
            int at = rest.lastIndexOf(' ', room);
            if (at <= 0) {
                at = rest.indexOf(' ', room);
            }
            if (at <= 0) {
                break;
            }
            text.append(indent).append(rest, 0, at).append('\n');
            rest = rest.substring(at + 1);
            indent = "  ".repeat(depth + 2);
            room = Math.max(LEAST, WIDTH - indent.length());
        }
        text.append(indent).append(rest).append('\n');
    }

    /** Adds rows in columns, the first to the left, the others to the right. */
    void table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder("  ");
            for (int i = 0; i < widths.length; i++) {
                String pad = " ".repeat(widths[i] - row.get(i).length());
                line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
    }

    String text() {
        return text.toString();
    }
}
