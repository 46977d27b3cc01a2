package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Computes CASTs of literals while a query is planned, as Calcite does without being asked, but for those from times and to
 * times of microseconds, which it would cut: they are computed with each row.
 */
final class ConstantExpressions implements RexExecutor {

    @Override
    public void reduce(RexBuilder rexBuilder, List<RexNode> expressions, List<RexNode> reduced) {
        for (RexNode expression : expressions) {
            if (isCast(expression)) {
                List<RexNode> literal = new ArrayList<>();
                RexUtil.EXECUTOR.reduce(rexBuilder, List.of(expression), literal);
                reduced.addAll(literal);
            } else {
                reduced.add(expression);
            }
        }
    }

    private static boolean isCast(RexNode expression) {
        return expression instanceof RexCall call
                && (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST)
                && call.getOperands().get(0) instanceof RexLiteral literal
                && !TimeNodes.holdsMicros(call.getType())
                && !TimeNodes.isTime(literal.getType());
    }
}
