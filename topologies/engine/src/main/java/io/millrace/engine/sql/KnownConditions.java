package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Leaves out the branches of a CASE or COALESCE that can be seen never to be taken: after a column that is never null, for one.
 * So a key that both sides of a join have, {@code COALESCE(a.k, b.k)}, is still a key.
 */
final class KnownConditions extends RexShuttle {

    private final RexBuilder rexBuilder;

    KnownConditions(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!(visited instanceof RexCall of)) {
            return visited;
        }
        return switch (of.getKind()) {
            case IS_NOT_NULL -> isColumn(of.getOperands().get(0)) ? rexBuilder.makeLiteral(true) : of;
            case IS_NULL -> isColumn(of.getOperands().get(0)) ? rexBuilder.makeLiteral(false) : of;
            case CASE -> withoutBranches(of);
            case COALESCE ->
                isColumn(of.getOperands().get(0))
                        ? as(of.getType(), of.getOperands().get(0))
                        : of;
            case CAST -> isOfNothing(of) ? of.getOperands().get(0) : of;
            default -> of;
        };
    }

    /** Whether it is a column that is never null. */
    private static boolean isColumn(RexNode node) {
        return node instanceof RexInputRef && !node.getType().isNullable();
    }

    private static boolean isOfNothing(RexCall cast) {
        return cast.getKind() == SqlKind.CAST
                && isColumn(cast.getOperands().get(0))
                && cast.getType().equals(cast.getOperands().get(0).getType());
    }

    private RexNode withoutBranches(RexCall call) {
        List<RexNode> operands = call.getOperands();
        List<RexNode> kept = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            RexNode condition = operands.get(i);
            if (condition.isAlwaysTrue()) {
                kept.add(operands.get(i + 1));
                return conditional(call, kept);
            }
            if (!isNever(condition)) {
                kept.add(condition);
                kept.add(operands.get(i + 1));
            }
        }
        kept.add(operands.get(operands.size() - 1));
        return conditional(call, kept);
    }

    private static boolean isNever(RexNode condition) {
        return condition instanceof RexLiteral literal && (literal.isNull() || literal.isAlwaysFalse());
    }

    private RexNode conditional(RexCall call, List<RexNode> kept) {
        if (kept.size() == 1) {
            return as(call.getType(), kept.get(0));
        }
        return kept.equals(call.getOperands()) ? call : call.clone(call.getType(), kept);
    }

    private RexNode as(RelDataType type, RexNode value) {
        if (type.equals(value.getType())) {
            return value;
        }
        boolean differsInNull = SqlTypeUtil.equalSansNullability(rexBuilder.getTypeFactory(), type, value.getType());
        return differsInNull
                ? rexBuilder.makeAbstractCast(type, value, false)
                : rexBuilder.makeCast(type, value, true, false);
    }
}
