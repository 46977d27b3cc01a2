package io.millrace.engine.sql.runtime;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and ILIKE, without regular expressions: {@code _} is one code point, a line's end among them, and {@code %} any number.
 * Going back only to the last {@code %}, a match takes at most the product of both lengths.
 */
public final class LikePattern {

    private static final int ANY = -1;
    private static final int ONE = -2;
    private static final long STEPS = 100_000_000;

    private LikePattern() {}

    public static boolean like(String text, String pattern) {
        return matches(text, parse(pattern, null), false);
    }

    public static boolean like(String text, String pattern, String escape) {
        return matches(text, parse(pattern, escape), false);
    }

    public static boolean ilike(String text, String pattern) {
        return matches(text, parse(pattern, null), true);
    }

    public static boolean ilike(String text, String pattern, String escape) {
        return matches(text, parse(pattern, escape), true);
    }

    private static int[] parse(String pattern, @Nullable String escape) {
        if (escape != null && escape.codePointCount(0, escape.length()) != 1) {
            throw new IllegalArgumentException("ESCAPE is one character, not '" + escape + "'");
        }
        int escapes = escape == null ? ONE : escape.codePointAt(0);
        int[] code = pattern.codePoints().toArray();
        int[] parsed = new int[code.length];
        int length = 0;
        for (int i = 0; i < code.length; i++) {
            if (code[i] == escapes) {
                if (i + 1 == code.length || (code[i + 1] != '_' && code[i + 1] != '%' && code[i + 1] != escapes)) {
                    throw new IllegalArgumentException(
                            "In a LIKE pattern, the escape character stands before %, _ or itself");
                }
                parsed[length++] = code[++i];
            } else {
                parsed[length++] = code[i] == '%' ? ANY : code[i] == '_' ? ONE : code[i];
            }
        }
        return Arrays.copyOf(parsed, length);
    }

    private static boolean matches(String text, int[] pattern, boolean isCaseInsensitive) {
        int at = 0;
        int wanted = 0;
        int afterAny = -1;
        int retry = 0;
        long steps = 0;
        while (at < text.length()) {
            if (++steps > STEPS) {
                throw new IllegalArgumentException("The LIKE pattern takes too long: more than " + STEPS + " steps");
            }
            int c = text.codePointAt(at);
            if (wanted < pattern.length && pattern[wanted] == ANY) {
                afterAny = ++wanted;
                retry = at;
            } else if (wanted < pattern.length
                    && (pattern[wanted] == ONE || isSame(pattern[wanted], c, isCaseInsensitive))) {
                wanted++;
                at += Character.charCount(c);
            } else if (afterAny >= 0) {
                wanted = afterAny;
                retry += Character.charCount(text.codePointAt(retry));
                at = retry;
            } else {
                return false;
            }
        }
        while (wanted < pattern.length && pattern[wanted] == ANY) {
            wanted++;
        }
        return wanted == pattern.length;
    }

    private static boolean isSame(int left, int right, boolean isCaseInsensitive) {
        return left == right
                || (isCaseInsensitive
                        && Character.toLowerCase(Character.toUpperCase(left))
                                == Character.toLowerCase(Character.toUpperCase(right)));
    }
}
