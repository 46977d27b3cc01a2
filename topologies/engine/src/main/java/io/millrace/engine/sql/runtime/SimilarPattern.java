package io.millrace.engine.sql.runtime;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SIMILAR TO's patterns as regular expressions: {@code % _ | * + ? { } ( ) [ ]} mean something, all else is itself. */
final class SimilarPattern {

    private static final Map<String, String> CLASSES = Map.of(
            "ALPHA", "\\p{Alpha}",
            "UPPER", "\\p{Upper}",
            "LOWER", "\\p{Lower}",
            "DIGIT", "\\d",
            "ALNUM", "\\p{Alnum}",
            "SPACE", " ",
            "WHITESPACE", "\\s");

    private SimilarPattern() {}

    static String toRegex(String pattern, @Nullable String escape) {
        if (escape != null && TextCalls.length(escape) != 1) {
            throw new IllegalArgumentException("ESCAPE is one character, not '" + escape + "'");
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (escape != null && pattern.startsWith(escape, i)) {
                i += escape.length();
                if (i == pattern.length()) {
                    throw new IllegalArgumentException("The escape character ends the SIMILAR TO pattern");
                }
                literal(pattern.charAt(i), regex);
            } else if (c == '%') {
                regex.append(".*");
            } else if (c == '_') {
                regex.append('.');
            } else if (c == '[') {
                i = characters(pattern, i, regex);
            } else if ("|*+?(){}".indexOf(c) >= 0) {
                regex.append(c);
            } else {
                literal(c, regex);
            }
        }
        return regex.toString();
    }

    private static void literal(char c, StringBuilder regex) {
        if ("\\^$.|?*+()[]{}&-".indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }

    private static int characters(String pattern, int start, StringBuilder regex) {
        regex.append('[');
        int i = start + 1;
        if (i < pattern.length() && pattern.charAt(i) == '^') {
            regex.append('^');
            i++;
        }
        for (; i < pattern.length() && pattern.charAt(i) != ']'; i++) {
            char c = pattern.charAt(i);
            int end = pattern.indexOf(":]", i);
            if (pattern.startsWith("[:", i) && end > 0) {
                String name = pattern.substring(i + 2, end);
                String known = CLASSES.get(name.toUpperCase(java.util.Locale.ROOT));
                if (known == null) {
                    throw new IllegalArgumentException("SIMILAR TO has no class [:" + name + ":]");
                }
                regex.append(known);
                i = end + 1;
            } else if (c == '-') {
                regex.append('-');
            } else {
                literal(c, regex);
            }
        }
        if (i == pattern.length()) {
            throw new IllegalArgumentException("A [ of the SIMILAR TO pattern has no ]");
        }
        regex.append(']');
        return i;
    }
}
