package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.Elements;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Makes functions that put the elements of arrays in order calls of {@link Elements}: Calcite's have Java's order, and sort the array itself. */
record ArrayFunctions(RexBuilder rexBuilder) {

    /** The call by which a call is replaced; null when it is none of these. */
    @Nullable
    RexNode replaced(RexCall call) {
        return switch (call.getOperator().getName()) {
            case "ARRAY_MAX" -> java(call, "greatest");
            case "ARRAY_MIN" -> java(call, "least");
            case "SORT_ARRAY" -> java(call, "sorted");
            default -> null;
        };
    }

    private RexNode java(RexCall call, String method) {
        return JavaCall.of(
                rexBuilder,
                call.getType(),
                method,
                NullPolicy.STRICT,
                (translator, translated, arguments) -> {
                    Class<?> type = (Class<?>) SqlDialect.types().getJavaClass(translated.getType());
                    Expression result = Expressions.convert_(
                            Expressions.call(Elements.class, method, arguments), Primitive.box(type));
                    return type.isPrimitive() ? Expressions.unbox(result) : result;
                },
                call.getOperands());
    }
}
