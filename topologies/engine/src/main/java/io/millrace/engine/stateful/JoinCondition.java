package io.millrace.engine.stateful;

import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.row.Row;
import io.millrace.engine.sql.CompiledExpressions;
import org.jspecify.annotations.Nullable;

/** What two rows must fulfil beside having the same key; nothing when {@code expression} is null. */
public record JoinCondition(@Nullable CompiledExpressions expression) {

    /** Whether it is true for two rows side by side. */
    boolean test(OperatorContext context, Row joined) {
        return expression == null || Boolean.TRUE.equals(expression.test(context.expressions(), joined));
    }
}
