package io.millrace.engine.stateful;

import io.millrace.engine.operator.OperatorContext;
import io.millrace.engine.sql.CompiledExpressions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What two rows must fulfil beside having the same key; nothing when {@code expression} is null. */
public record JoinCondition(@Nullable CompiledExpressions expression) {

    /** Whether it is true for two rows side by side. */
    boolean test(OperatorContext context, @Nullable Object[] joined) {
        return expression == null || Boolean.TRUE.equals(expression.test(context.expressions(), joined));
    }

    /** Two rows side by side. */
    static @Nullable Object[] joined(@Nullable Object[] left, @Nullable Object[] right) {
        @Nullable Object[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }
}
