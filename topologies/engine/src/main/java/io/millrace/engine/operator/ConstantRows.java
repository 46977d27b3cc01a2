package io.millrace.engine.operator;

import io.millrace.engine.row.Row;
import io.millrace.engine.sql.CompiledExpressions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;

/** Joins each row with rows that the query itself lists. */
public final class ConstantRows {

    private ConstantRows() {}

    /**
     * Rows once for each constant row that the condition is true for.
     *
     * @param constants the values of each constant row, as expressions over nothing
     * @param condition over the row's columns, then the constant's
     */
    public static OperatorFactory join(
            List<CompiledExpressions> constants,
            int width,
            CompiledExpressions condition,
            boolean isLeft,
            RelDataType rowType,
            Failures failures,
            OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            List<Row> rows = new ArrayList<>();
            for (CompiledExpressions constant : constants) {
                rows.add(constant.evaluate(context.expressions(), Row.EMPTY));
            }
            return Operator.stateless(downstream, change -> {
                List<Row> before = new ArrayList<>();
                if (change.before() != null) {
                    try {
                        join(before, rows, width, condition, isLeft, context, change.before());
                    } catch (RuntimeException e) {
                        before.clear(); // It gave none when it came.
                    }
                }
                List<Row> after = new ArrayList<>();
                if (change.after() != null) {
                    try {
                        join(after, rows, width, condition, isLeft, context, change.after());
                    } catch (RuntimeException e) {
                        after.clear();
                        failures.expression(context, change, e, rowType, change.after());
                    }
                }
                for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
                    Calculation.pass(
                            downstream,
                            change,
                            i < before.size() ? before.get(i) : null,
                            i < after.size() ? after.get(i) : null);
                }
            });
        };
    }

    private static void join(
            List<Row> joined,
            List<Row> constants,
            int width,
            CompiledExpressions condition,
            boolean isLeft,
            OperatorContext context,
            Row row) {
        for (Row constant : constants) {
            Row both = Row.joined(row, constant);
            if (Boolean.TRUE.equals(condition.test(context.expressions(), both))) {
                joined.add(both);
            }
        }
        if (joined.isEmpty() && isLeft) {
            joined.add(Row.joined(row, Row.nulls(width)));
        }
    }
}
