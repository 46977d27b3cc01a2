package io.millrace.engine.operator;

import io.millrace.engine.sql.CompiledExpressions;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Filters and projects: a row for which the condition is true goes on as the values of the expressions. */
public final class Calculation {

    private Calculation() {}

    /** Lets through the rows for which {@code condition} is true. */
    public static OperatorFactory filter(
            CompiledExpressions condition,
            String relation,
            RelDataType rowType,
            Quarantine quarantine,
            OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            return (source, timestampMs, row) -> {
                Boolean holds;
                try {
                    holds = condition.test(context.expressions(), row);
                } catch (RuntimeException e) {
                    quarantine.add(context, relation, source, Quarantine.Reason.expression(e), rowType, row);
                    return;
                }
                if (Boolean.TRUE.equals(holds)) {
                    downstream.process(source, timestampMs, row);
                }
            };
        };
    }

    /** Makes each row into the values of {@code expressions}. */
    public static OperatorFactory project(
            CompiledExpressions expressions,
            String relation,
            RelDataType rowType,
            Quarantine quarantine,
            OperatorFactory next) {
        return context -> {
            Operator downstream = next.create(context);
            return (source, timestampMs, row) -> {
                @Nullable Object[] values;
                try {
                    values = expressions.evaluate(context.expressions(), row);
                } catch (RuntimeException e) {
                    quarantine.add(context, relation, source, Quarantine.Reason.expression(e), rowType, row);
                    return;
                }
                downstream.process(source, timestampMs, values);
            };
        };
    }
}
