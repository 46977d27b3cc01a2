package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.FloatComparisons;
import java.util.List;
import java.util.Map;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Comparisons of floating-point numbers as calls of {@link FloatComparisons}: in Java NaN equals nothing. */
record SafeComparisons(RexBuilder rexBuilder) {

    private static final Map<SqlKind, String> METHODS = Map.of(
            SqlKind.EQUALS, "equal",
            SqlKind.NOT_EQUALS, "notEqual",
            SqlKind.LESS_THAN, "less",
            SqlKind.LESS_THAN_OR_EQUAL, "lessOrEqual",
            SqlKind.GREATER_THAN, "greater",
            SqlKind.GREATER_THAN_OR_EQUAL, "greaterOrEqual",
            SqlKind.IS_DISTINCT_FROM, "distinct",
            SqlKind.IS_NOT_DISTINCT_FROM, "notDistinct");

    /** The comparison as a call; null when it is none, or of other values. */
    @Nullable
    RexNode comparison(RexCall call) {
        String method = METHODS.get(call.getKind());
        if (method == null || call.getOperands().stream().noneMatch(SafeComparisons::isFloat)) {
            return null;
        }
        SafeCasts casts = new SafeCasts(rexBuilder);
        List<RexNode> operands =
                call.getOperands().stream().map(casts::asDouble).toList();
        boolean takesNull =
                call.getKind() == SqlKind.IS_DISTINCT_FROM || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
        return takesNull
                ? JavaCall.of(
                        rexBuilder,
                        call.getType(),
                        method,
                        NullPolicy.NONE,
                        (translator, translated, arguments) -> Expressions.call(
                                FloatComparisons.class,
                                method,
                                arguments.stream().map(Expressions::box).toList()),
                        operands)
                : JavaCall.of(rexBuilder, call.getType(), FloatComparisons.class, method, operands);
    }

    /** Whether a SEARCH looks for floating-point numbers, so that it has to be made comparisons. */
    static boolean isSearchOfFloats(RexCall call) {
        return call.getKind() == SqlKind.SEARCH && isFloat(call.getOperands().get(0));
    }

    private static boolean isFloat(RexNode node) {
        return SqlTypeUtil.isApproximateNumeric(node.getType());
    }
}
