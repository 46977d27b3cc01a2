package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Computes CASTs of literals while a query is planned, but for those from times and to times of microseconds, which Calcite would
 * cut: they are computed with each row, as are those that fail.
 */
final class ConstantExpressions extends RexShuttle {

    private final RexBuilder rexBuilder;

    private ConstantExpressions(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** The query with the CASTs of its literals computed, and without branches that are never taken. */
    static RelNode computed(RexBuilder rexBuilder, RelNode query) {
        ConstantExpressions constants = new ConstantExpressions(rexBuilder);
        KnownConditions conditions = new KnownConditions(rexBuilder);
        return query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return super.visit(other).accept(constants).accept(conditions);
            }
        });
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!isCast(visited)) {
            return visited;
        }
        List<RexNode> computed = new ArrayList<>();
        RexUtil.EXECUTOR.reduce(rexBuilder, List.of(visited), computed);
        RexNode value = computed.get(0);
        return value.getType().equals(visited.getType()) || !(value instanceof RexLiteral)
                ? value
                : rexBuilder.makeAbstractCast(visited.getType(), value, false);
    }

    private static boolean isCast(RexNode expression) {
        return expression instanceof RexCall call
                && (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST)
                && call.getOperands().get(0) instanceof RexLiteral literal
                && !TimeNodes.holdsMicros(call.getType())
                && !TimeNodes.isTime(literal.getType());
    }
}
