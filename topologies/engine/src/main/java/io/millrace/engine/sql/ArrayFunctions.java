package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.Elements;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes functions and comparisons that go by the order of an array's elements calls of {@link Elements}: Calcite's have Java's order,
 * in which NaN is not equal to itself, and sort the array itself.
 */
record ArrayFunctions(RexBuilder rexBuilder) {

    /** The call by which a call is replaced; null when it is none of these. */
    @Nullable
    RexNode replaced(RexCall call) {
        if (call.getOperator() instanceof SqlQuantifyOperator operator) {
            return quantified(call, operator.comparisonKind);
        }
        return switch (call.getOperator().getName()) {
            case "ARRAY_MAX" -> java(call, "greatest");
            case "ARRAY_MIN" -> java(call, "least");
            case "SORT_ARRAY" -> java(call, "sorted");
            default -> null;
        };
    }

    private RexNode java(RexCall call, String method) {
        if (RexUtil.isNullLiteral(call.getOperands().get(0), true)) {
            return rexBuilder.makeNullLiteral(call.getType());
        }
        return java(call, method, NullPolicy.STRICT, call.getOperands(), arguments -> arguments);
    }

    /** A comparison with ANY or ALL elements; null where Java's own is right. */
    private @Nullable RexNode quantified(RexCall call, SqlKind comparison) {
        RexNode left = call.getOperands().get(0);
        RelDataType element = call.getOperands().get(1).getType().getComponentType();
        if (element == null) {
            return null;
        }
        boolean areFloats = SqlTypeUtil.isNumeric(left.getType())
                && SqlTypeUtil.isNumeric(element)
                && (SqlTypeUtil.isApproximateNumeric(left.getType()) || SqlTypeUtil.isApproximateNumeric(element));
        boolean areTexts = SqlTypeUtil.isCharacter(left.getType()) && SqlTypeUtil.isCharacter(element);
        boolean areUuids =
                left.getType().getSqlTypeName() == SqlTypeName.UUID && element.getSqlTypeName() == SqlTypeName.UUID;
        if (!areFloats && !areTexts && !areUuids) {
            return null;
        }
        return java(
                call,
                call.getKind() == SqlKind.ALL ? "all" : "some",
                NullPolicy.SEMI_STRICT,
                List.of(
                        areFloats ? new SafeCasts(rexBuilder).asDouble(left) : left,
                        call.getOperands().get(1)),
                arguments -> List.of(
                        Expressions.convert_(Expressions.box(arguments.get(0)), Object.class),
                        arguments.get(1),
                        Expressions.constant(comparison)));
    }

    private RexNode java(
            RexCall call,
            String method,
            NullPolicy policy,
            List<RexNode> operands,
            UnaryOperator<List<Expression>> arguments) {
        return JavaCall.of(
                rexBuilder,
                call.getType(),
                // Comparisons that differ in their operator alone are not equal.
                method + " " + call.getOperator().getName(),
                policy,
                (translator, translated, given) -> {
                    Class<?> type = (Class<?>) SqlDialect.types().getJavaClass(translated.getType());
                    Expression result = Expressions.convert_(
                            Expressions.call(Elements.class, method, arguments.apply(given)), Primitive.box(type));
                    return type.isPrimitive() ? Expressions.unbox(result) : result;
                },
                operands);
    }
}
