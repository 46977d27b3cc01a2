package io.millrace.connect.jdbc.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of ordered rows.
 *
 * @param from where it begins; null at the first row
 * @param to where it ends; null behind the last row
 */
record RowRange(@Nullable Bound from, @Nullable Bound to) {

    static final RowRange ALL = new RowRange(null, null);

    /**
     * A place among ordered rows.
     *
     * @param place values of the order's columns, or of the first of them
     * @param isInclusive whether rows at this place belong to the range
     */
    record Bound(List<String> place, boolean isInclusive) {

        Bound {
            place = List.copyOf(place);
        }

        static Bound including(List<String> place) {
            return new Bound(place, true);
        }

        static Bound excluding(List<String> place) {
            return new Bound(place, false);
        }
    }

    RowRange from(@Nullable Bound bound) {
        return new RowRange(bound, to);
    }

    RowRange to(@Nullable Bound bound) {
        return new RowRange(from, bound);
    }
}
