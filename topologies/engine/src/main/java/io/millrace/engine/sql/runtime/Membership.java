package io.millrace.engine.sql.runtime;

import java.math.BigDecimal;
import java.util.Set;

/**
 * The values of a long IN, looked up by hash rather than compared one by one.
 *
 * @param values texts, or numbers by their {@link #key}
 * @param isIn what is true: that a value is among them, or that it is not
 */
public record Membership(Set<?> values, boolean isIn) {

    public Membership {
        values = Set.copyOf(values);
    }

    /** Whether a value that is not null is in, or for NOT IN is not. */
    public boolean test(Object value) {
        Object key = value instanceof Number number ? key(number) : value;
        return values.contains(key) == isIn;
    }

    /**
     * The same for numbers that are equal: a {@code Double}, in which -0.0 is 0.0, a {@code BigDecimal} without zeros at its end, or
     * a {@code Long}.
     */
    public static Object key(Number number) {
        if (number instanceof Double || number instanceof Float) {
            return number.doubleValue() + 0.0;
        }
        return number instanceof BigDecimal decimal ? (Object) decimal.stripTrailingZeros() : number.longValue();
    }
}
