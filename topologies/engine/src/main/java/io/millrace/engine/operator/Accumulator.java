package io.millrace.engine.operator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate function, as a fold over the slots of its group's state. State is a part of a row, so that it is stored
 * as rows are: a null slot is one that nothing was added to.
 */
enum Accumulator {
    COUNT(1) {
        @Override
        void add(@Nullable Object[] state, int slot, @Nullable Object value, RelDataType type) {
            state[slot] = (state[slot] == null ? 0L : (Long) state[slot]) + 1;
        }

        @Override
        @Nullable
        Object result(@Nullable Object[] state, int slot, RelDataType type) {
            return state[slot] == null ? 0L : state[slot];
        }
    },
    SUM(1) {
        @Override
        void add(@Nullable Object[] state, int slot, @Nullable Object value, RelDataType type) {
            state[slot] = plus(state[slot], (Number) value);
        }

        @Override
        @Nullable
        Object result(@Nullable Object[] state, int slot, RelDataType type) {
            return state[slot];
        }
    },
    AVG(2) {
        @Override
        void add(@Nullable Object[] state, int slot, @Nullable Object value, RelDataType type) {
            state[slot] = plus(state[slot], (Number) value);
            COUNT.add(state, slot + 1, value, type);
        }

        @Override
        @Nullable
        Object result(@Nullable Object[] state, int slot, RelDataType type) {
            Object sum = state[slot];
            Long count = (Long) state[slot + 1];
            if (sum == null || count == null) {
                return null;
            }
            return sum instanceof BigDecimal exact
                    ? exact.divide(BigDecimal.valueOf(count), type.getScale(), RoundingMode.HALF_UP)
                    : (Object) (((Number) sum).doubleValue() / count);
        }
    },
    MIN(1) {
        @Override
        void add(@Nullable Object[] state, int slot, @Nullable Object value, RelDataType type) {
            if (state[slot] == null || compare(value, state[slot]) < 0) {
                state[slot] = value;
            }
        }

        @Override
        @Nullable
        Object result(@Nullable Object[] state, int slot, RelDataType type) {
            return state[slot];
        }
    },
    MAX(1) {
        @Override
        void add(@Nullable Object[] state, int slot, @Nullable Object value, RelDataType type) {
            if (state[slot] == null || compare(value, state[slot]) > 0) {
                state[slot] = value;
            }
        }

        @Override
        @Nullable
        Object result(@Nullable Object[] state, int slot, RelDataType type) {
            return state[slot];
        }
    };

    private final int slots;

    Accumulator(int slots) {
        this.slots = slots;
    }

    /** How many places of the group's state it takes. */
    int slots() {
        return slots;
    }

    /** Adds a value that is not null to the state from {@code slot} on; {@code type} is the function's result. */
    abstract void add(@Nullable Object[] state, int slot, @Nullable Object value, RelDataType type);

    /** What the state amounts to. */
    abstract @Nullable Object result(@Nullable Object[] state, int slot, RelDataType type);

    /** The accumulator of a call, or null when the function is not one of these. */
    static @Nullable Accumulator of(AggregateCall call) {
        if (call.isDistinct()
                || call.isApproximate()
                || !call.getCollation().getFieldCollations().isEmpty()) {
            return null;
        }
        SqlKind kind = call.getAggregation().getKind();
        return switch (kind) {
            case COUNT -> COUNT;
            case SUM, SUM0 -> SUM;
            case AVG -> AVG;
            case MIN -> MIN;
            case MAX -> MAX;
            default -> null;
        };
    }

    private static Object plus(@Nullable Object sum, @Nullable Number value) {
        if (value == null) {
            throw new IllegalArgumentException("A null is not added");
        }
        if (value instanceof BigDecimal exact) {
            return sum == null ? exact : ((BigDecimal) sum).add(exact);
        }
        if (value instanceof Double || value instanceof Float) {
            return (sum == null ? 0.0 : (Double) sum) + value.doubleValue();
        }
        return Math.addExact(sum == null ? 0L : (Long) sum, value.longValue());
    }

    @SuppressWarnings("unchecked") // The values of one column are of one comparable class.
    private static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            throw new IllegalArgumentException("A null is not compared");
        }
        return ((Comparable<Object>) left).compareTo(right);
    }
}
