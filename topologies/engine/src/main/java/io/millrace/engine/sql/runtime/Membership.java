package io.millrace.engine.sql.runtime;

import java.util.Set;

/**
 * The values of a long IN, looked up by hash rather than compared one by one.
 *
 * @param values texts, or whole numbers as {@code Long}
 * @param isIn what is true: that a value is among them, or that it is not
 */
public record Membership(Set<?> values, boolean isIn) {

    public Membership {
        values = Set.copyOf(values);
    }

    /** Whether a value that is not null is in, or for NOT IN is not. */
    public boolean test(Object value) {
        Object key = value instanceof Number number ? (Object) number.longValue() : value;
        return values.contains(key) == isIn;
    }
}
