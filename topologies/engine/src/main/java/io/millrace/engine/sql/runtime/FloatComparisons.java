package io.millrace.engine.sql.runtime;

import org.jspecify.annotations.Nullable;

/** Comparisons of floating-point numbers in which NaN equals itself and is greater than any other, and zero has no sign. */
public final class FloatComparisons {

    private FloatComparisons() {}

    public static boolean equal(double left, double right) {
        return left == right || (Double.isNaN(left) && Double.isNaN(right));
    }

    public static boolean notEqual(double left, double right) {
        return !equal(left, right);
    }

    public static boolean less(double left, double right) {
        return left < right || (Double.isNaN(right) && !Double.isNaN(left));
    }

    public static boolean lessOrEqual(double left, double right) {
        return left <= right || Double.isNaN(right);
    }

    public static boolean greater(double left, double right) {
        return left > right || (Double.isNaN(left) && !Double.isNaN(right));
    }

    public static boolean greaterOrEqual(double left, double right) {
        return left >= right || Double.isNaN(left);
    }

    /** IS DISTINCT FROM: a null equals a null. */
    public static boolean distinct(@Nullable Double left, @Nullable Double right) {
        if (left == null || right == null) {
            return left != null || right != null;
        }
        return !equal(left, right);
    }

    /** IS NOT DISTINCT FROM. */
    public static boolean notDistinct(@Nullable Double left, @Nullable Double right) {
        return !distinct(left, right);
    }
}
