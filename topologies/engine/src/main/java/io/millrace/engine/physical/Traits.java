package io.millrace.engine.physical;

import io.millrace.engine.operator.Windows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.apache.calcite.rel.core.JoinRelType;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the rows that come out of a node.
 *
 * @param isChangelog whether rows go and change, as those of a table do; the rows of a stream only come
 * @param keys each tells rows apart; the best first; empty when no columns do
 * @param partition the columns whose values decide which task has a row; null when something else does
 * @param times columns of event time, which watermarks speak of; of a stream
 * @param windows columns that are bounds of windows
 * @param merges pairs of columns that a join has made equal
 */
public record Traits(
        boolean isChangelog,
        List<Key> keys,
        @Nullable List<Integer> partition,
        Set<Integer> times,
        List<WindowColumns> windows,
        List<Merge> merges) {

    /** Facts of which nothing is known. */
    public static final Traits NONE = new Traits(false, List.of(), null, Set.of(), List.of());

    public Traits {
        keys = List.copyOf(keys);
        times = Set.copyOf(times);
        windows = List.copyOf(windows);
        merges = List.copyOf(merges);
    }

    public Traits(
            boolean isChangelog,
            List<Key> keys,
            @Nullable List<Integer> partition,
            Set<Integer> times,
            List<WindowColumns> windows) {
        this(isChangelog, keys, partition, times, windows, List.of());
    }

    /**
     * Columns that a join has made equal, so that COALESCE of them is one of them.
     *
     * @param left the columns of its left side
     * @param right those of its right side, in the same order
     * @param type the join: by a full one either may be null, by the others those of the side that it keeps are not made so
     * @param isKey whether they tell rows apart, one or the other
     */
    public record Merge(List<Integer> left, List<Integer> right, JoinRelType type, boolean isKey) {
        public Merge {
            left = List.copyOf(left);
            right = List.copyOf(right);
        }
    }

    /**
     * Columns that tell rows apart.
     *
     * @param columns their positions
     * @param isLocal whether everything that happens to one key comes from one task, in order
     * @param isPresent whether one of the columns at least is not null, in every row
     */
    public record Key(List<Integer> columns, boolean isLocal, boolean isPresent) {
        public Key {
            columns = List.copyOf(columns);
        }

        public Key(List<Integer> columns, boolean isLocal) {
            this(columns, isLocal, false);
        }

        Key local(boolean isNowLocal) {
            return new Key(columns, isNowLocal, isPresent);
        }
    }

    /**
     * Columns that are a window's bounds.
     *
     * @param start the column of its start, or -1
     * @param end the column of its end, or -1
     * @param time the column of its last instant, or -1
     * @param windows the shape
     */
    public record WindowColumns(int start, int end, int time, Windows windows) {

        /** Whether the column is one of the bounds. */
        public boolean has(int column) {
            return column >= 0 && (column == start || column == end);
        }

        /** The same of rows whose last instant of the window is no column. */
        WindowColumns withoutTime() {
            return new WindowColumns(start, end, -1, windows);
        }

        /**
         * The columns of event time among those of results that come when their windows close: a window closes when event time has passed its
         * end, so that neither its end nor its last instant is ever late. Its start is, by its length.
         */
        List<Integer> timesOnClose() {
            List<Integer> known = new ArrayList<>();
            if (end >= 0) {
                known.add(end);
            }
            // Without their ends, windows of several lengths close with the longest.
            if (time >= 0 && (end >= 0 || windows.kind() != Windows.Kind.CUMULATE)) {
                known.add(time);
            }
            return known;
        }
    }

    /** The same with columns in other places; {@code places} gives -1 for a column that is gone. */
    public Traits at(IntUnaryOperator places) {
        List<Key> movedKeys = new ArrayList<>();
        for (Key key : keys) {
            List<Integer> columns = move(key.columns(), places);
            if (columns != null) {
                movedKeys.add(new Key(columns, key.isLocal(), key.isPresent()));
            }
        }
        Set<Integer> movedTimes = new LinkedHashSet<>();
        for (int time : times) {
            int moved = places.applyAsInt(time);
            if (moved >= 0) {
                movedTimes.add(moved);
            }
        }
        List<WindowColumns> movedWindows = new ArrayList<>();
        for (WindowColumns window : windows) {
            int start = window.start() < 0 ? -1 : places.applyAsInt(window.start());
            int end = window.end() < 0 ? -1 : places.applyAsInt(window.end());
            if (start >= 0 || end >= 0) {
                int time = window.time() < 0 ? -1 : places.applyAsInt(window.time());
                movedWindows.add(new WindowColumns(start, end, time, window.windows()));
            }
        }
        List<Merge> movedMerges = new ArrayList<>();
        for (Merge merge : merges) {
            List<Integer> left = move(merge.left(), places);
            List<Integer> right = move(merge.right(), places);
            if (left != null && right != null) {
                movedMerges.add(new Merge(left, right, merge.type(), merge.isKey()));
            }
        }
        return new Traits(
                isChangelog,
                movedKeys,
                partition == null ? null : move(partition, places),
                movedTimes,
                movedWindows,
                movedMerges);
    }

    private static @Nullable List<Integer> move(List<Integer> columns, IntUnaryOperator places) {
        List<Integer> moved = new ArrayList<>();
        for (int column : columns) {
            int place = places.applyAsInt(column);
            if (place < 0) {
                return null;
            }
            moved.add(place);
        }
        return moved;
    }
}
