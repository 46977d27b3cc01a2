package io.millrace.connect.jdbc.source;

import java.util.List;

/** Which rows have been read of those that others may still come among. */
interface Seen {

    /** Whether this row has been read. */
    boolean contains(FetchedRow row);

    void add(FetchedRow row);

    /**
     * Forgets the rows that nothing can come among any more: those before a value of the order's first column.
     *
     * @param isInclusive whether those of the value itself are among them; numbers always are
     */
    void forget(Comparable<Object> settled, boolean isInclusive);

    /** Forgets what was taken up by {@link #restore} and has no known place. */
    void forgetRestored();

    boolean isEmpty();

    /** What it holds, as many parts as it takes. */
    int size();

    /** All of it as a text. */
    String encode();

    /** Rows of a page in their order, as a text of which a beginning can be told by a number. */
    String encode(List<FetchedRow> page);

    /** Takes up what was written as texts: all of it, and the first rows of a page. */
    void restore(String all, String page, int rows);
}
