package io.millrace.engine.sql.runtime;

import java.util.Arrays;

/**
 * Functions over the characters of texts, which are Unicode's code points: a character beyond the basic plane is one, and never
 * cut in half. Positions count from 1.
 */
public final class TextCalls {

    private static final long MAX_STEPS = 100_000_000;

    private TextCalls() {}

    /** How many characters a text has. */
    public static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The index of the character that is {@code count} characters behind that at {@code from}, or the end of the text. */
    static int index(String text, int from, long count) {
        if (count >= text.length() - from) {
            return text.length();
        }
        int end = from + (int) count;
        if (text.codePointCount(from, end) < count) {
            int within = Math.max(0, length(text) - text.codePointCount(0, from));
            return count >= within ? text.length() : text.offsetByCodePoints(from, (int) count);
        }
        return isWithinPair(text, end) ? end + 1 : end;
    }

    private static boolean isWithinPair(String text, int index) {
        return index > 0
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
    }

    /** The position of the character at an index. */
    static int position(String text, int index) {
        return text.codePointCount(0, index) + 1;
    }

    public static String substring(String text, long start) {
        return start <= 1 ? text : text.substring(index(text, 0, start - 1));
    }

    /** What lies at {@code length} positions from {@code start}, where those before 1 and behind the end are empty. */
    public static String substring(String text, long start, long length) {
        if (length < 0) {
            throw new IllegalArgumentException("SUBSTRING takes no length of " + length);
        }
        long end = plus(start, length);
        if (end <= 1 || start > text.length()) {
            return "";
        }
        long first = Math.max(start, 1);
        int from = index(text, 0, first - 1);
        return text.substring(from, index(text, from, end - first));
    }

    private static long plus(long position, long length) {
        long sum = position + length;
        return position > 0 && length > 0 && sum < 0 ? Long.MAX_VALUE : sum;
    }

    public static String left(String text, long count) {
        return count <= 0 ? "" : text.substring(0, index(text, 0, count));
    }

    public static String right(String text, long count) {
        return count <= 0 ? "" : text.substring(index(text, 0, Math.max(0, length(text) - count)));
    }

    /** {@code VARCHAR(length)} of a text. */
    public static String cut(String text, int length) {
        return text.substring(0, index(text, 0, length));
    }

    /** {@code CHAR(length)} of a text. */
    public static String cutOrPadded(String text, int length) {
        return BoundedCalls.rpad(text, length, " ");
    }

    /** The text with {@code replacement} in the place of as many characters from {@code start} on. */
    public static String overlay(String text, String replacement, long start) {
        return overlay(text, replacement, start, length(replacement));
    }

    /** The text with {@code replacement} in the place of {@code length} characters from {@code start} on. */
    public static String overlay(String text, String replacement, long start, long length) {
        if (start < 1) {
            throw new IllegalArgumentException("OVERLAY begins at position 1 or behind it, not at " + start);
        }
        long end = Math.max(1, plus(start, length));
        return BoundedCalls.text(left(text, start - 1) + replacement + substring(text, end));
    }

    /** Each character of {@code search} made the one at its place in {@code replacement}, or left out where that has none. */
    public static String translate(String text, String search, String replacement) {
        int[] from = search.codePoints().toArray();
        int[] to = replacement.codePoints().toArray();
        StringBuilder translated = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            int at = indexOf(from, character);
            if (at < 0) {
                translated.appendCodePoint(character);
            } else if (at < to.length) {
                translated.appendCodePoint(to[at]);
            }
        });
        return BoundedCalls.text(translated.toString());
    }

    private static int indexOf(int[] characters, int wanted) {
        for (int i = 0; i < characters.length; i++) {
            if (characters[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The text without the characters of {@code seek} at its ends. */
    public static String trim(String seek, String text) {
        return trimmed(seek, text, true, true);
    }

    public static String trimLeading(String seek, String text) {
        return trimmed(seek, text, true, false);
    }

    public static String trimTrailing(String seek, String text) {
        return trimmed(seek, text, false, true);
    }

    private static String trimmed(String seek, String text, boolean isLeading, boolean isTrailing) {
        int end = text.length();
        while (isTrailing && end > 0 && seek.indexOf(text.codePointBefore(end)) >= 0) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        int start = 0;
        while (isLeading && start < end && seek.indexOf(text.codePointAt(start)) >= 0) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start, end);
    }

    /** The character with a code point. */
    public static String chr(long codePoint) {
        if (codePoint < 0
                || codePoint > Character.MAX_CODE_POINT
                || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("There is no character " + codePoint);
        }
        return Character.toString((int) codePoint);
    }

    /** How many characters have to be put in, taken out or replaced to make one text of the other. */
    public static int levenshtein(String left, String right) {
        int[] from = left.codePoints().toArray();
        int[] to = right.codePoints().toArray();
        if ((long) from.length * to.length > MAX_STEPS) {
            throw new IllegalArgumentException("The texts are too long to be compared by LEVENSHTEIN: " + from.length
                    + " and " + to.length + " characters");
        }
        int[] row = new int[to.length + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length; j++) {
                int replaced = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length];
    }
}
