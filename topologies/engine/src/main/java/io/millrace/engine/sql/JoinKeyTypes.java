package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/**
 * Gives both sides of a join's equalities one type: rows are brought together by the bytes of their keys, and equal numbers of two types
 * have different ones.
 */
final class JoinKeyTypes extends RelHomogeneousShuttle {

    private JoinKeyTypes() {}

    static RelNode unify(RelNode query) {
        return query.accept(new JoinKeyTypes());
    }

    @Override
    public RelNode visit(LogicalJoin join) {
        LogicalJoin visited = (LogicalJoin) super.visit(join);
        RexBuilder rexBuilder = visited.getCluster().getRexBuilder();
        List<RexNode> were = RelOptUtil.conjunctions(visited.getCondition());
        List<RexNode> conditions = new ArrayList<>();
        for (RexNode condition : were) {
            conditions.add(unified(condition, rexBuilder));
        }
        if (conditions.equals(were)) {
            return visited;
        }
        RexNode all = RexUtil.composeConjunction(rexBuilder, conditions);
        // Casts among the keys become columns of the sides.
        return RelOptUtil.pushDownJoinConditions(
                visited.copy(
                        visited.getTraitSet(),
                        all,
                        visited.getLeft(),
                        visited.getRight(),
                        visited.getJoinType(),
                        visited.isSemiJoinDone()),
                PlainBuilder.FACTORY.create(visited.getCluster(), null));
    }

    private static RexNode unified(RexNode condition, RexBuilder rexBuilder) {
        if (!(condition instanceof RexCall call)
                || call.getKind() != SqlKind.EQUALS
                || !(call.getOperands().get(0) instanceof RexInputRef left)
                || !(call.getOperands().get(1) instanceof RexInputRef right)
                || isSame(left.getType(), right.getType())) {
            return condition;
        }
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        RelDataType common = types.leastRestrictive(List.of(left.getType(), right.getType()));
        if (common == null) {
            return condition;
        }
        return rexBuilder.makeCall(call.getOperator(), cast(rexBuilder, left, common), cast(rexBuilder, right, common));
    }

    private static RexNode cast(RexBuilder rexBuilder, RexNode key, RelDataType common) {
        return isSame(key.getType(), common)
                ? key
                : rexBuilder.makeCast(
                        rexBuilder
                                .getTypeFactory()
                                .createTypeWithNullability(common, key.getType().isNullable()),
                        key);
    }

    /** Whether equal values of both have the same bytes. */
    private static boolean isSame(RelDataType left, RelDataType right) {
        return left.getSqlTypeName() == right.getSqlTypeName()
                && left.getScale() == right.getScale()
                && left.getPrecision() > 3 == right.getPrecision() > 3;
    }
}
