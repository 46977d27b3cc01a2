package io.millrace.engine.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Goes through the text of {@code columns} from left to right: words, numbers, names and single signs. */
final class ColumnScanner {

    private final String text;
    private int position;

    ColumnScanner(String text) {
        this.text = text;
    }

    /** Where the next sign that is no blank stands. */
    int position() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
        return position;
    }

    boolean isAtEnd() {
        return position() == text.length();
    }

    /** Passes over {@code sign} if it comes next. */
    boolean accept(char sign) {
        boolean isNext = isNext(sign);
        if (isNext) {
            position++;
        }
        return isNext;
    }

    boolean isNext(char sign) {
        return !isAtEnd() && text.charAt(position) == sign;
    }

    /** Passes over {@code words} if they come next, whatever their case; over none of them otherwise. */
    boolean accept(String... words) {
        int start = position();
        for (String word : words) {
            if (!word.equals(word())) {
                position = start;
                return false;
            }
        }
        return true;
    }

    /** The next word in capitals, passed over; empty if none comes next. */
    String word() {
        int start = position();
        if (start < text.length() && isNameStart(text.charAt(start))) {
            while (position < text.length() && isNamePart(text.charAt(position))) {
                position++;
            }
        }
        return text.substring(start, position).toUpperCase(Locale.ROOT);
    }

    /** The next number, passed over; -1 if none comes next, the largest int for a larger one. */
    int number() {
        int start = position();
        long number = 0;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            number = Math.min(Integer.MAX_VALUE, number * 10 + text.charAt(position) - '0');
            position++;
        }
        return position == start ? -1 : (int) number;
    }

    /** The next name, a word as it is written or what stands in double quotes; null if neither comes next. */
    @Nullable
    String name() {
        int start = position();
        if (!accept('"')) {
            int length = word().length();
            return length == 0 ? null : text.substring(start, position);
        }
        StringBuilder name = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c != '"') {
                name.append(c);
            } else if (position < text.length() && text.charAt(position) == '"') {
                name.append('"');
                position++;
            } else {
                return name.length() == 0 ? null : name.toString();
            }
        }
        return null;
    }

    /** Passes over everything up to a comma that is in no brackets and no quotes, counted from {@code start}; not over the comma. */
    void skipColumn(int start) {
        int depth = 0;
        boolean isQuoted = false;
        for (position = start; position < text.length(); position++) {
            char c = text.charAt(position);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted) {
                if (c == '(' || c == '<') {
                    depth++;
                } else if (c == ')' || c == '>') {
                    depth--;
                } else if (c == ',' && depth <= 0) {
                    return;
                }
            }
        }
    }

    /** What stands between two positions. */
    String between(int start, int end) {
        return text.substring(start, end).strip();
    }

    private static boolean isNameStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || Character.isDigit(c) || c == '$';
    }
}
