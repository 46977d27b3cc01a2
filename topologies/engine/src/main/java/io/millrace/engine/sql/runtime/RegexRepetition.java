package io.millrace.engine.sql.runtime;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a pattern's counted repetitions, {@code {n,m}}, multiply to. A repetition of something empty reads no character, so
 * that the budget of reads does not end it.
 */
final class RegexRepetition {

    private static final long MAX = 1_000_000;

    private RegexRepetition() {}

    /** Refuses a pattern whose nested repetitions come to more than a million. */
    static void check(String regex) {
        Deque<Long> outer = new ArrayDeque<>();
        long most = 1; // within the group that is open
        long last = 1; // what a quantifier that comes next would repeat
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\') {
                i++;
                last = 1;
            } else if (c == '[') {
                i = endOfClass(regex, i);
                last = 1;
            } else if (c == '(') {
                outer.push(most);
                most = 1;
                last = 1;
            } else if (c == ')' && !outer.isEmpty()) {
                last = most;
                most = Math.max(most, outer.pop());
            } else if (c == '{') {
                int end = regex.indexOf('}', i);
                if (end > 0) {
                    last = times(last, regex.substring(i + 1, end));
                    most = Math.max(most, last);
                    i = end;
                }
            } else if (c != '*' && c != '+' && c != '?') {
                last = 1;
            }
        }
    }

    private static long times(long last, String bounds) {
        String upper = bounds.substring(bounds.indexOf(',') + 1).strip();
        String number = upper.isEmpty() ? bounds.substring(0, Math.max(0, bounds.indexOf(','))) : upper;
        if (number.isEmpty() || !number.chars().allMatch(Character::isDigit)) {
            return last;
        }
        long count = number.length() > 9 ? MAX + 1 : Long.parseLong(number);
        if (count > MAX || last * Math.max(1, count) > MAX) {
            throw new IllegalArgumentException(
                    "The regular expression repeats more than " + MAX + " times, one repetition within another");
        }
        return last * Math.max(1, count);
    }

    private static int endOfClass(String regex, int start) {
        int depth = 0;
        for (int i = start; i < regex.length(); i++) {
            switch (regex.charAt(i)) {
                case '\\' -> i++;
                case '[' -> depth++;
                case ']' -> {
                    if (--depth == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return regex.length();
    }
}
