package io.millrace.engine.physical;

import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.jspecify.annotations.Nullable;

/** What expressions are made of, as far as it decides where they can be computed. */
final class RowFunctions {

    private RowFunctions() {}

    /** The name of a function whose value is of the moment, or null when there is none in the expression. */
    static @Nullable String firstOfTheMoment(RexNode expression) {
        String[] found = new String[1];
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                if (found[0] == null
                        && (call.getOperator().isDynamicFunction()
                                || !call.getOperator().isDeterministic())) {
                    found[0] = call.getOperator().getName();
                }
                return super.visitCall(call);
            }
        });
        return found[0];
    }

    /** An expression over a correlated row as one over the row itself. */
    static RexNode overRow(RexNode expression, CorrelationId id, RexBuilder rexBuilder) {
        return expression.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(id)
                        ? rexBuilder.makeInputRef(
                                access.getType(), access.getField().getIndex())
                        : super.visitFieldAccess(access);
            }
        });
    }
}
