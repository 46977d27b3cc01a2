package io.millrace.engine.sql;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Expressions over a row, compiled to a Java class by Calcite. Values are in Calcite's internal form: timestamps as
 * milliseconds and dates as days since 1970 in {@code Long} and {@code Integer}, binary as {@code ByteString}. Thread-safe; each caller
 * brings its own {@link RowContext}.
 */
public final class CompiledExpressions {

    private final int @Nullable [] fields;
    private final @Nullable Function1<DataContext, @Nullable Object @Nullable []> function;

    private CompiledExpressions(
            int @Nullable [] fields, @Nullable Function1<DataContext, @Nullable Object @Nullable []> function) {
        this.fields = fields;
        this.function = function;
    }

    /** Compiles expressions over rows of {@code rowType}; nothing is compiled when they only pick columns. */
    public static CompiledExpressions compile(
            RexBuilder rexBuilder, List<? extends RexNode> expressions, RelDataType rowType) {
        if (expressions.stream().allMatch(RexInputRef.class::isInstance)) {
            int[] fields = expressions.stream()
                    .mapToInt(expression -> ((RexInputRef) expression).getIndex())
                    .toArray();
            return new CompiledExpressions(fields, null);
        }
        List<RexNode> compiled = expressions.stream()
                .map(expression -> RecordFunction.toParameters(expression, rexBuilder))
                .toList();
        return new CompiledExpressions(null, ExpressionCode.compile(rexBuilder, compiled, rowType));
    }

    /**
     * The values of the expressions for one row.
     *
     * @throws RuntimeException whatever the expression throws: a bad cast, an overflow, a division by zero
     */
    public @Nullable Object[] evaluate(RowContext context, @Nullable Object[] row) {
        if (function != null) {
            context.setRow(row);
            return Objects.requireNonNull(function.apply(context), "compiled expressions give a row");
        }
        int[] picked = Objects.requireNonNull(fields);
        @Nullable Object[] values = new Object[picked.length];
        for (int i = 0; i < picked.length; i++) {
            values[i] = row[picked[i]];
        }
        return values;
    }

    /** The value of the only expression, a condition: true, false or, for unknown, null. */
    public @Nullable Boolean test(RowContext context, @Nullable Object[] row) {
        return (Boolean) evaluate(context, row)[0];
    }
}
