package io.millrace.engine.sql.runtime;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/** Elements of arrays in the order that values have: texts by code points, NaN the greatest, and zero without a sign. */
public final class Elements {

    private Elements() {}

    /**
     * Compares two values of one type that are not null; numbers may be of two, where the first is a {@code Double}.
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

    private static int compareNullsFirst(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return Boolean.compare(left != null, right != null);
        }
        return compare(left, right);
    }

    /** ARRAY_MAX: the greatest element that is not null; null when there is none. */
    public static @Nullable Object greatest(List<? extends @Nullable Object> elements) {
        Comparator<Object> order = Elements::compare;
        return first(elements, order.reversed());
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
        Comparator<@Nullable Object> order = Elements::compareNullsFirst;
        sorted.sort(ascending ? order : order.reversed());
        return sorted;
    }

    public static List<@Nullable Object> sorted(List<? extends @Nullable Object> elements) {
        return sorted(elements, true);
    }

    /** A comparison with ANY or SOME: whether it is true of an element; null when it is of none, and one is null. */
    public static @Nullable Boolean some(Object left, List<? extends @Nullable Object> elements, SqlKind comparison) {
        return quantified(left, elements, comparison, true);
    }

    /** A comparison with ALL: whether it is true of each element; null when it is false of none, and one is null. */
    public static @Nullable Boolean all(Object left, List<? extends @Nullable Object> elements, SqlKind comparison) {
        return quantified(left, elements, comparison, false);
    }

    private static @Nullable Boolean quantified(
            Object left, List<? extends @Nullable Object> elements, SqlKind comparison, boolean decides) {
        boolean isUnknown = false;
        for (Object element : elements) {
            if (element == null) {
                isUnknown = true;
            } else if (holds(comparison, compare(left, element)) == decides) {
                return decides;
            }
        }
        return isUnknown ? null : Boolean.valueOf(!decides);
    }

    private static boolean holds(SqlKind comparison, int order) {
        return switch (comparison) {
            case EQUALS -> order == 0;
            case NOT_EQUALS -> order != 0;
            case LESS_THAN -> order < 0;
            case LESS_THAN_OR_EQUAL -> order <= 0;
            case GREATER_THAN -> order > 0;
            case GREATER_THAN_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException("No comparison with elements: " + comparison);
        };
    }
}
