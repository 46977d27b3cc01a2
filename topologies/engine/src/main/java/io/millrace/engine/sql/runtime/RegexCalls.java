package io.millrace.engine.sql.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The functions over regular expressions, with the meaning that Calcite gives them: {@code java.util.regex}, positions that
 * count from 1. Every match has a budget of characters to read, and every pattern a bound on what it repeats.
 */
public final class RegexCalls {

    private static final int MAX_PATTERN_LENGTH = 10_000;
    private static final int MAX_CACHED = 1_000;

    private record Key(String regex, int flags) {}

    private static final Map<Key, Pattern> PATTERNS = new ConcurrentHashMap<>();

    private RegexCalls() {}

    private static Matcher matcher(String text, String regex, int flags) {
        Key key = new Key(regex, flags);
        Pattern pattern = PATTERNS.get(key);
        if (pattern == null) {
            pattern = compile(regex, flags);
            if (PATTERNS.size() >= MAX_CACHED) {
                // Patterns out of the rows themselves: whatever was kept does not come again soon.
                PATTERNS.clear();
            }
            PATTERNS.put(key, pattern);
        }
        return pattern.matcher(new BudgetedText(text));
    }

    private static Pattern compile(String regex, int flags) {
        if (regex.length() > MAX_PATTERN_LENGTH) {
            throw new IllegalArgumentException("A regular expression has at most " + MAX_PATTERN_LENGTH
                    + " characters, and this has " + regex.length());
        }
        RegexRepetition.check(regex);
        try {
            return Pattern.compile(regex, flags);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(
                    "Not a regular expression: " + e.getDescription() + " at " + (e.getIndex() + 1), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("The regular expression is nested too deeply", e);
        }
    }

    private static boolean find(Matcher matcher) {
        try {
            return matcher.find();
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    private static IllegalArgumentException tooDeep(StackOverflowError e) {
        return new IllegalArgumentException("The text is too long for the groups of the regular expression", e);
    }

    private static int flags(String letters) {
        int flags = 0;
        for (int i = 0; i < letters.length(); i++) {
            switch (letters.charAt(i)) {
                case 'i' -> flags |= Pattern.CASE_INSENSITIVE;
                case 'c' -> flags &= ~Pattern.CASE_INSENSITIVE;
                case 'n', 's' -> flags |= Pattern.DOTALL;
                case 'm' -> flags |= Pattern.MULTILINE;
                case 'g' -> {
                    // PostgreSQL's for all occurrences, as is meant without it here.
                }
                default ->
                    throw new IllegalArgumentException(
                            "'" + letters.charAt(i) + "' is not a flag of a regular expression: c, g, i, m, n, s are");
            }
        }
        return flags;
    }

    /** Whether the pattern is found anywhere: RLIKE, REGEXP, REGEXP_LIKE, REGEXP_CONTAINS. */
    public static boolean found(String text, String regex) {
        return find(matcher(text, regex, 0));
    }

    public static boolean found(String text, String regex, String letters) {
        return find(matcher(text, regex, flags(letters)));
    }

    /** The operator {@code ~*}. */
    public static boolean foundInAnyCase(String text, String regex) {
        return find(matcher(text, regex, Pattern.CASE_INSENSITIVE));
    }

    public static boolean similar(String text, String pattern) {
        return isWhole(text, SimilarPattern.toRegex(pattern, null));
    }

    public static boolean similar(String text, String pattern, String escape) {
        return isWhole(text, SimilarPattern.toRegex(pattern, escape));
    }

    private static boolean isWhole(String text, String regex) {
        try {
            return matcher(text, regex, Pattern.DOTALL).matches();
        } catch (StackOverflowError e) {
            throw tooDeep(e);
        }
    }

    public static @Nullable String extract(String text, String regex) {
        return extract(text, regex, 1, 1);
    }

    public static @Nullable String extract(String text, String regex, int position) {
        return extract(text, regex, position, 1);
    }

    /** The match or, where the pattern has a group, the group; null when there are fewer than {@code occurrence}. */
    public static @Nullable String extract(String text, String regex, int position, int occurrence) {
        Matcher matcher = nth(text, regex, position, occurrence);
        return matcher == null ? null : matcher.group(matcher.groupCount());
    }

    private static @Nullable Matcher nth(String text, String regex, int position, int occurrence) {
        Matcher matcher = oneGroup(matcher(text, regex, 0));
        if (position < 1 || occurrence < 1) {
            throw new IllegalArgumentException("Position and occurrence count from 1");
        }
        int start = TextCalls.index(text, 0, position - 1L);
        if (start == text.length()) {
            return null;
        }
        matcher.region(start, text.length());
        for (int i = 0; i < occurrence; i++) {
            if (!find(matcher)) {
                return null;
            }
        }
        return matcher;
    }

    private static Matcher oneGroup(Matcher matcher) {
        if (matcher.groupCount() > 1) {
            throw new IllegalArgumentException("The regular expression has " + matcher.groupCount()
                    + " groups, where at most one says what to take: write (?:…) for the others");
        }
        return matcher;
    }

    public static List<String> extractAll(String text, String regex) {
        Matcher matcher = oneGroup(matcher(text, regex, 0));
        List<String> matches = new ArrayList<>();
        while (find(matcher)) {
            String match = matcher.group(matcher.groupCount());
            if (match != null) {
                matches.add(match);
                BoundedCalls.requireElements(matches.size());
            }
        }
        return matches;
    }

    public static int position(String text, String regex) {
        return position(text, regex, 1, 1, 0);
    }

    public static int position(String text, String regex, int position) {
        return position(text, regex, position, 1, 0);
    }

    public static int position(String text, String regex, int position, int occurrence) {
        return position(text, regex, position, occurrence, 0);
    }

    /** Where a match begins, or with {@code end} 1 where it has ended; 0 when there is none. */
    public static int position(String text, String regex, int position, int occurrence, int end) {
        if (end != 0 && end != 1) {
            throw new IllegalArgumentException("The last argument of REGEXP_INSTR is 0 or 1, not " + end);
        }
        Matcher matcher = regex.isEmpty() ? null : nth(text, regex, position, occurrence);
        if (matcher == null) {
            return 0;
        }
        int group = matcher.groupCount();
        int index = end == 0 ? matcher.start(group) : matcher.end(group);
        return index < 0 ? 0 : TextCalls.position(text, index);
    }

    public static String replace(String text, String regex) {
        return replace(text, regex, "", 1, 0, "");
    }

    public static String replace(String text, String regex, String replacement) {
        return replace(text, regex, replacement, 1, 0, "");
    }

    public static String replace(String text, String regex, String replacement, int position) {
        return replace(text, regex, replacement, position, 0, "");
    }

    public static String replace(String text, String regex, String replacement, int position, int occurrence) {
        return replace(text, regex, replacement, position, occurrence, "");
    }

    public static String replace(String text, String regex, String replacement, int position, String letters) {
        return replace(text, regex, replacement, position, 0, letters);
    }

    /** {@code $1} in the replacement is a group; occurrence 0 is all of them. */
    public static String replace(
            String text, String regex, String replacement, int position, int occurrence, String letters) {
        if (position < 1 || position > TextCalls.length(text) + 1) {
            throw new IllegalArgumentException(
                    "Position " + position + " is not within a text of " + TextCalls.length(text) + " characters");
        }
        if (occurrence < 0) {
            throw new IllegalArgumentException("Occurrence counts from 1, and 0 is all of them");
        }
        Matcher matcher = matcher(text, regex, flags(letters));
        int start = TextCalls.index(text, 0, position - 1L);
        matcher.region(start, text.length());
        StringBuilder result = new StringBuilder(text.substring(0, start));
        int copied = start;
        int count = 0;
        while (find(matcher)) {
            if (++count < occurrence || (occurrence > 0 && count > occurrence)) {
                continue;
            }
            StringBuilder piece = new StringBuilder();
            result.append(text, copied, matcher.start());
            expand(matcher, replacement, piece);
            BoundedCalls.requireText((long) result.length() + piece.length());
            result.append(piece);
            copied = matcher.end();
            if (occurrence > 0) {
                break;
            }
        }
        return BoundedCalls.text(result.append(text, copied, text.length()).toString());
    }

    private static void expand(Matcher matcher, String replacement, StringBuilder piece) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c == '\\' && i + 1 < replacement.length()) {
                piece.append(replacement.charAt(++i));
            } else if (c == '$' && i + 1 < replacement.length() && Character.isDigit(replacement.charAt(i + 1))) {
                int group = replacement.charAt(++i) - '0';
                if (group > matcher.groupCount()) {
                    throw new IllegalArgumentException("The replacement names group $" + group
                            + ", and the regular expression has " + matcher.groupCount());
                }
                String value = matcher.group(group);
                piece.append(value == null ? "" : value);
            } else {
                piece.append(c);
            }
            BoundedCalls.requireText(piece.length());
        }
    }
}
