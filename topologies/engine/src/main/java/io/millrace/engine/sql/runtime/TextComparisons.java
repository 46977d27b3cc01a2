package io.millrace.engine.sql.runtime;

/**
 * Comparisons of texts by code points, the order of their UTF-8 and so of their keys in a state. Java's own goes by the units of UTF-16,
 * where the characters beyond the basic plane are before the last 8,192 within it.
 */
public final class TextComparisons {

    /** The distance of the first surrogate and the last unit of UTF-16 is less. */
    private static final int MOST_APART = 0x10000 - Character.MIN_SURROGATE;

    private TextComparisons() {}

    /** Less than, equal to or greater than 0 as the first text is before, the same as or behind the second. */
    public static int compare(String left, String right) {
        int byUnit = left.compareTo(right);
        if (byUnit == 0 || Math.abs(byUnit) >= MOST_APART) {
            return byUnit;
        }
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char ofLeft = left.charAt(i);
            char ofRight = right.charAt(i);
            if (ofLeft != ofRight) {
                return ofLeft < Character.MIN_SURROGATE || ofRight < Character.MIN_SURROGATE
                        ? byUnit
                        : byCodePoint(left, right, i);
            }
        }
        return byUnit;
    }

    /** Compares texts that are the same before the index, and not at it. */
    private static int byCodePoint(String left, String right, int index) {
        int start = index > 0 && Character.isHighSurrogate(left.charAt(index - 1)) ? index - 1 : index;
        int order = Integer.compare(left.codePointAt(start), right.codePointAt(start));
        // What is before may be half a pair in both, and so the same.
        return order == 0 ? Integer.compare(left.codePointAt(index), right.codePointAt(index)) : order;
    }

    /** STRCMP: -1, 0 or 1 as the first text is before, the same as or behind the second; Calcite's has the sign wrong. */
    public static int sign(String left, String right) {
        return Integer.signum(compare(left, right));
    }

    public static boolean less(String left, String right) {
        return compare(left, right) < 0;
    }

    public static boolean lessOrEqual(String left, String right) {
        return compare(left, right) <= 0;
    }

    public static boolean greater(String left, String right) {
        return compare(left, right) > 0;
    }

    public static boolean greaterOrEqual(String left, String right) {
        return compare(left, right) >= 0;
    }
}
