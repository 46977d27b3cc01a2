package io.millrace.engine.operator;

import io.millrace.document.OnError;
import io.millrace.engine.row.Row;
import io.millrace.engine.sql.CompiledExpressions;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Filters and projects: a row for which the condition is true goes on as the values of the expressions. */
public final class Calculation {

    private Calculation() {}

    /** Lets through the rows for which {@code condition} is true; what no longer holds, goes. */
    public static OperatorFactory filter(
            CompiledExpressions condition, RelDataType rowType, Failures failures, OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            return Operator.stateless(downstream, change -> {
                Row before = change.before();
                if (before != null && !holds(condition, context, before)) {
                    before = null;
                }
                Row after = change.after();
                if (after != null) {
                    try {
                        if (!Boolean.TRUE.equals(condition.test(context.expressions(change), after))) {
                            after = null;
                        }
                    } catch (RuntimeException e) {
                        failures.expression(context, change, e, rowType, after);
                        after = null;
                    }
                }
                pass(downstream, change, before, after);
            });
        };
    }

    /** Whether a row that has been here before went on; one that failed then did not. */
    private static boolean holds(CompiledExpressions condition, OperatorContext context, Row row) {
        try {
            return Boolean.TRUE.equals(condition.test(context.expressions(), row));
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * Makes each row into the values of {@code expressions}.
     *
     * @param single the same expressions one by one, for those that may fail alone; empty where a failure is the whole row's
     */
    public static OperatorFactory project(
            CompiledExpressions expressions,
            List<CompiledExpressions> single,
            RelDataType rowType,
            Failures failures,
            OperatorFactory next) {
        boolean isNullOnError = failures.onError() == OnError.NULL && !single.isEmpty();
        return context -> {
            Operator downstream = next.create(context);
            return Operator.stateless(downstream, change -> {
                Row before = null;
                if (change.before() != null) {
                    try {
                        before = expressions.evaluate(context.expressions(), change.before());
                    } catch (RuntimeException e) {
                        before = isNullOnError ? oneByOne(single, context, change.before()) : null;
                    }
                }
                Row after = null;
                if (change.after() != null) {
                    try {
                        after = expressions.evaluate(context.expressions(change), change.after());
                    } catch (RuntimeException e) {
                        if (isNullOnError) {
                            after = oneByOne(single, context, change.after());
                        } else {
                            failures.expression(context, change, e, rowType, change.after());
                        }
                    }
                }
                pass(downstream, change, before, after);
            });
        };
    }

    private static Row oneByOne(List<CompiledExpressions> single, OperatorContext context, Row row) {
        @Nullable Object[] values = new Object[single.size()];
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = single.get(i).evaluate(context.expressions(), row).get(0);
            } catch (RuntimeException e) {
                values[i] = null;
            }
        }
        return Row.of(values);
    }

    static void pass(Operator downstream, Change change, @Nullable Row before, @Nullable Row after) {
        Change next = change.with(before, after);
        if (next != null) {
            downstream.process(next);
        }
    }
}
