package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.FloatComparisons;
import io.millrace.engine.sql.runtime.TextComparisons;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons that Java makes another way, as calls of our own: in Java NaN equals nothing, and texts are in the order of their UTF-16.
 */
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

    private static final Set<SqlKind> ORDER =
            Set.of(SqlKind.LESS_THAN, SqlKind.LESS_THAN_OR_EQUAL, SqlKind.GREATER_THAN, SqlKind.GREATER_THAN_OR_EQUAL);

    /** The comparison as a call; null when it is none, or of other values. */
    @Nullable
    RexNode comparison(RexCall call) {
        String method = METHODS.get(call.getKind());
        if (method == null) {
            return null;
        }
        if (ORDER.contains(call.getKind()) && call.getOperands().stream().allMatch(SafeComparisons::isText)) {
            return JavaCall.of(rexBuilder, call.getType(), TextComparisons.class, method, call.getOperands());
        }
        return call.getOperands().stream().anyMatch(SafeComparisons::isFloat) ? ofFloats(call, method) : null;
    }

    private RexNode ofFloats(RexCall call, String method) {
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

    /** Whether a SEARCH looks for floating-point numbers, or for texts in an order, so that it has to be made comparisons. */
    static boolean isOwnSearch(RexCall call) {
        if (call.getKind() != SqlKind.SEARCH) {
            return false;
        }
        Sarg<?> sarg = ((RexLiteral) call.getOperands().get(1)).getValueAs(Sarg.class);
        return isFloat(call.getOperands().get(0))
                || (isText(call.getOperands().get(0))
                        && sarg != null
                        && !sarg.isPoints()
                        && !sarg.isComplementedPoints());
    }

    private static boolean isText(RexNode node) {
        return SqlTypeUtil.isCharacter(node.getType());
    }

    private static boolean isFloat(RexNode node) {
        return SqlTypeUtil.isApproximateNumeric(node.getType());
    }
}
