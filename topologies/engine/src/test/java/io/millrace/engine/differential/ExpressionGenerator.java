package io.millrace.engine.differential;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Makes random expressions over the columns of one table. */
final class ExpressionGenerator {

    private static final int LEAF_PERCENT = 25;
    private static final int LITERAL_PERCENT = 30;
    private static final int NULL_PERCENT = 10;

    private final Random random;
    private final Map<ColumnType, List<Form>> forms = new EnumMap<>(ColumnType.class);
    private final Map<ColumnType, List<Expression>> columns = new EnumMap<>(ColumnType.class);

    ExpressionGenerator(Random random, List<Form> forms, List<Expression> columns) {
        this.random = random;
        forms.forEach(form -> this.forms
                .computeIfAbsent(form.result(), type -> new ArrayList<>())
                .add(form));
        columns.forEach(column -> this.columns
                .computeIfAbsent(column.type(), type -> new ArrayList<>())
                .add(column));
    }

    /** An expression that is a form of any type, with operands nested to {@code depth}. */
    Expression any(int depth, boolean mayFail) {
        ColumnType type = ColumnType.ALL.get(random.nextInt(ColumnType.ALL.size()));
        return form(type, depth, new Limits(mayFail, true));
    }

    /** A condition, with operands nested to {@code depth}. */
    Expression condition(int depth, boolean mayFail) {
        return of(ColumnType.BOOLEAN, depth, new Limits(mayFail, false));
    }

    /**
     * What an expression may be.
     *
     * @param mayFail whether it may fail
     * @param isOutermost whether it is nothing's operand
     */
    private record Limits(boolean mayFail, boolean isOutermost) {

        boolean allow(Form form) {
            return (mayFail || !form.canFail()) && (isOutermost || !form.isOutermost());
        }

        Limits of(Form form) {
            return new Limits(mayFail && form.trait() != Form.Trait.LAZY, false);
        }
    }

    private Expression of(ColumnType type, int depth, Limits limits) {
        if (depth <= 0 || random.nextInt(100) < LEAF_PERCENT) {
            return leaf(type);
        }
        return form(type, depth, limits);
    }

    private Expression form(ColumnType type, int depth, Limits limits) {
        List<Form> candidates = forms.getOrDefault(type, List.of()).stream()
                .filter(limits::allow)
                .toList();
        if (candidates.isEmpty()) {
            return leaf(type);
        }
        Form form = candidates.get(random.nextInt(candidates.size()));
        List<Expression> parts = new ArrayList<>();
        for (ColumnType operand : form.operands()) {
            parts.add(of(operand, depth - 1, limits.of(form)));
        }
        return form.of(parts);
    }

    /** A column, a literal or NULL. */
    private Expression leaf(ColumnType type) {
        List<Expression> known = columns.getOrDefault(type, List.of());
        if (!known.isEmpty() && random.nextInt(100) >= LITERAL_PERCENT) {
            return known.get(random.nextInt(known.size()));
        }
        if (random.nextInt(100) < NULL_PERCENT) {
            return Expression.leaf(type, Values.here(type, null), Values.there(type, null));
        }
        Object value = Values.random(type, random);
        while (!Values.isWritable(type, value)) {
            value = Values.random(type, random);
        }
        return Expression.leaf(type, Values.here(type, value), Values.there(type, value));
    }
}
