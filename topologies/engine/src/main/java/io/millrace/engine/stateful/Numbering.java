package io.millrace.engine.stateful;

import io.millrace.engine.physical.Ranking;
import java.util.Arrays;

/** Numbers the rows of a partition, which come in its order. */
final class Numbering {

    private final Ranking ranking;
    private final int orderOffset;
    private byte[] lastKey = {};
    private int lastOrderLength;
    private long rowCount;
    private long number;

    /** @param orderOffset where in an entry's key the bytes of its place in the order begin; its mark says how many they are */
    Numbering(Ranking ranking, int orderOffset) {
        this.ranking = ranking;
        this.orderOffset = orderOffset;
    }

    /** The number, from 1, of the first of {@code count} more rows that are an entry. */
    long next(RowBag.Entry entry, long count) {
        switch (ranking) {
            case ROW_NUMBER -> number = rowCount + 1;
            case RANK -> number = isPeer(entry) ? number : rowCount + 1;
            case DENSE_RANK -> number = isPeer(entry) ? number : number + 1;
        }
        rowCount += count;
        lastKey = entry.key();
        lastOrderLength = (int) entry.mark();
        return number;
    }

    private boolean isPeer(RowBag.Entry entry) {
        return rowCount > 0
                && entry.mark() == lastOrderLength
                && Arrays.equals(
                        lastKey,
                        orderOffset,
                        orderOffset + lastOrderLength,
                        entry.key(),
                        orderOffset,
                        orderOffset + lastOrderLength);
    }
}
