package io.millrace.engine.sql;

import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.function.Function1;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Expressions over a row, compiled to Java classes. Values are in Calcite's internal form: timestamps as milliseconds and dates as
 * days since 1970 in {@code Long} and {@code Integer}, binary as {@code ByteString}. Thread-safe; each caller brings its own {@link
 * RowContext}.
 */
public final class CompiledExpressions {

    /** A method of the JVM has 64 KB of code: so many nodes of expressions fill about a tenth of it. */
    static final int NODES_PER_CLASS = 200;

    /** Picks columns, and no more. */
    private final @Nullable List<Integer> fields;

    private final List<Function1<DataContext, Function1<@Nullable Object, @Nullable Object>>> classes;
    private final Map<String, Object> constants;

    private CompiledExpressions(
            @Nullable List<Integer> fields,
            List<Function1<DataContext, Function1<@Nullable Object, @Nullable Object>>> classes,
            Map<String, Object> constants) {
        this.fields = fields;
        this.classes = classes;
        this.constants = constants;
    }

    /**
     * Compiles expressions over rows of {@code rowType}; nothing is compiled when they only pick columns.
     *
     * @throws UnsupportedOperationException when an expression has no code: the message says which function, and what to write
     */
    public static CompiledExpressions compile(
            RexBuilder rexBuilder, List<? extends RexNode> expressions, RelDataType rowType) {
        if (expressions.stream().allMatch(RexInputRef.class::isInstance)) {
            List<Integer> fields = expressions.stream()
                    .map(expression -> ((RexInputRef) expression).getIndex())
                    .toList();
            return new CompiledExpressions(fields, List.of(), Map.of());
        }
        return DeepStack.call(() -> compiled(rexBuilder, expressions, rowType));
    }

    private static CompiledExpressions compiled(
            RexBuilder rexBuilder, List<? extends RexNode> expressions, RelDataType rowType) {
        Constants constants = new Constants();
        List<Function1<DataContext, Function1<@Nullable Object, @Nullable Object>>> classes = new ArrayList<>();
        for (ExpressionCode code : ExpressionCheck.code(rexBuilder, expressions, rowType, constants, NODES_PER_CLASS)) {
            classes.add(ExpressionCheck.compile(code));
        }
        return new CompiledExpressions(null, List.copyOf(classes), constants.byName());
    }

    /** What the code asks its context for, by name. */
    Map<String, Object> constants() {
        return constants;
    }

    /** What one thread runs: an instance of each class. */
    List<Function1<@Nullable Object, @Nullable Object>> instantiate(RowContext context) {
        return classes.stream().map(factory -> factory.apply(context)).toList();
    }

    /**
     * The values of the expressions for one row.
     *
     * @throws RuntimeException whatever the expression throws: a bad cast, an overflow, a division by zero
     */
    public Row evaluate(RowContext context, Row row) {
        if (fields != null) {
            return row.pick(fields);
        }
        try {
            return context.evaluate(this, row);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("The value is nested too deeply for the expression", e);
        }
    }

    /** The value of the only expression, a condition: true, false or, for unknown, null. */
    public @Nullable Boolean test(RowContext context, Row row) {
        return (Boolean) evaluate(context, row).get(0);
    }
}
