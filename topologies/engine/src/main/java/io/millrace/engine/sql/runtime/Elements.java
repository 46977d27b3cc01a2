package io.millrace.engine.sql.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Elements of arrays in the order that values have: texts by code points, NaN the greatest, and zero without a sign. */
public final class Elements {

    private Elements() {}

    /**
     * Compares two values of one type that are not null.
     *
     * @throws ClassCastException when values of the type have no order
     */
    @SuppressWarnings("unchecked") // Values of one SQL type are of one class.
    static int compare(Object left, Object right) {
        if (left instanceof String text) {
            return TextComparisons.compare(text, (String) right);
        }
        if (left instanceof Double || left instanceof Float) {
            double ofLeft = ((Number) left).doubleValue();
            double ofRight = ((Number) right).doubleValue();
            return ofLeft == ofRight ? 0 : Double.compare(ofLeft, ofRight);
        }
        if (left instanceof UUID) {
            // Java's own order of them is that of numbers with a sign.
            return left.toString().compareTo(right.toString());
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    /** ARRAY_MAX: the greatest element that is not null; null when there is none. */
    public static @Nullable Object greatest(List<? extends @Nullable Object> elements) {
        return first(elements, (left, right) -> compare(right, left));
    }

    /** ARRAY_MIN: the least element that is not null; null when there is none. */
    public static @Nullable Object least(List<? extends @Nullable Object> elements) {
        return first(elements, Elements::compare);
    }

    private static @Nullable Object first(List<? extends @Nullable Object> elements, Comparator<Object> order) {
        Object first = null;
        for (Object element : elements) {
            if (element != null && (first == null || order.compare(element, first) < 0)) {
                first = element;
            }
        }
        return first;
    }

    /** SORT_ARRAY: the elements in order, nulls first where it ascends and last where it does not; another list than the array itself. */
    public static List<@Nullable Object> sorted(List<? extends @Nullable Object> elements, boolean ascending) {
        List<@Nullable Object> sorted = new ArrayList<>(elements);
        Comparator<@Nullable Object> order = Comparator.nullsFirst(Elements::compare);
        sorted.sort(ascending ? order : order.reversed());
        return sorted;
    }

    public static List<@Nullable Object> sorted(List<? extends @Nullable Object> elements) {
        return sorted(elements, true);
    }
}
