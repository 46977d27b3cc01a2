package io.millrace.engine.sql.runtime;

/** POSITION and what is made of it, INSTR and STRPOS: where a text stands in another, in characters from 1; 0 when it does not. */
public final class TextSearch {

    private TextSearch() {}

    public static int position(String seek, String text) {
        return positionAt(text, text.indexOf(seek));
    }

    /** The first place from {@code from} on; of a negative one, which counts from the end, the last place before or at it. */
    public static int position(String seek, String text, long from) {
        return position(seek, text, from, 1);
    }

    /** The place of the {@code occurrence}th time. */
    public static int position(String seek, String text, long from, long occurrence) {
        if (from == 0) {
            throw new IllegalArgumentException(
                    "A position to search from is not 0: it counts from 1, or from the end, -1");
        }
        if (occurrence < 1) {
            throw new IllegalArgumentException("An occurrence counts from 1, and is not " + occurrence);
        }
        return positionAt(
                text, from > 0 ? forwards(seek, text, from, occurrence) : backwards(seek, text, from, occurrence));
    }

    private static int forwards(String seek, String text, long from, long occurrence) {
        int at = TextCalls.index(text, 0, from - 1);
        for (long left = occurrence; at < text.length(); left--) {
            at = text.indexOf(seek, at);
            if (at < 0 || left == 1) {
                return at;
            }
            at = TextCalls.index(text, at, 1);
        }
        return -1;
    }

    private static int backwards(String seek, String text, long from, long occurrence) {
        long first = TextCalls.length(text) + from;
        int at = first < 0 ? -1 : TextCalls.index(text, 0, first);
        for (long left = occurrence; at >= 0; left--) {
            at = text.lastIndexOf(seek, at);
            if (left == 1) {
                return at;
            }
            at--;
        }
        return -1;
    }

    private static int positionAt(String text, int index) {
        return index < 0 ? 0 : TextCalls.position(text, index);
    }
}
