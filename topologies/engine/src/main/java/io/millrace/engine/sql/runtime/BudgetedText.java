package io.millrace.engine.sql.runtime;

/**
 * A text that lets itself be read only so often. {@code java.util.regex} looks at every character through {@link #charAt},
 * so counting these bounds the time of a match, whatever the pattern.
 */
final class BudgetedText implements CharSequence {

    /** Some tens of milliseconds; an honest match reads each character a few times. */
    static final int READS = 10_000_000;

    private final String text;
    private final int[] left;
    private final int start;
    private final int end;

    BudgetedText(String text) {
        this(text, new int[] {READS}, 0, text.length());
    }

    private BudgetedText(String text, int[] left, int start, int end) {
        this.text = text;
        this.left = left;
        this.start = start;
        this.end = end;
    }

    @Override
    public int length() {
        return end - start;
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new IllegalArgumentException(
                    "The regular expression takes too long: it read more than " + READS + " characters");
        }
        return text.charAt(start + index);
    }

    @Override
    public CharSequence subSequence(int from, int to) {
        return new BudgetedText(text, left, start + from, start + to);
    }

    /** The part as a text; what a match copies out is not counted. */
    @Override
    public String toString() {
        return text.substring(start, end);
    }
}
