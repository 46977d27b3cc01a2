package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
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

    /** So many are compiled and computed at once, or each by itself when one of them fails. */
    private static final int AT_ONCE = 100;

    private final RexBuilder rexBuilder;
    private final Map<RexNode, RexNode> computed = new HashMap<>();

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
                RelNode visited = super.visit(other);
                constants.compute(visited);
                if (visited instanceof Filter filter) {
                    RexNode condition = filter.getCondition().accept(constants).accept(conditions);
                    return filter.copy(
                            filter.getTraitSet(),
                            filter.getInput(),
                            RexUtil.removeNullabilityCast(rexBuilder.getTypeFactory(), condition));
                }
                return visited.accept(constants).accept(conditions);
            }
        });
    }

    /** Computes the casts of a relation ahead, since each compilation takes some milliseconds. */
    private void compute(RelNode relation) {
        Set<RexNode> casts = new LinkedHashSet<>();
        relation.accept(new RexShuttle() {
            @Override
            public RexNode visitCall(RexCall call) {
                if (isCast(call) && !computed.containsKey(call)) {
                    casts.add(call);
                }
                return super.visitCall(call);
            }
        });
        List<RexNode> all = List.copyOf(casts);
        for (int i = 0; i < all.size(); i += AT_ONCE) {
            List<RexNode> some = all.subList(i, Math.min(all.size(), i + AT_ONCE));
            List<RexNode> values = values(some);
            if (!values.equals(some)) {
                for (int j = 0; j < some.size(); j++) {
                    computed.put(some.get(j), values.get(j));
                }
            }
        }
    }

    private List<RexNode> values(List<RexNode> casts) {
        List<RexNode> values = new ArrayList<>();
        RexUtil.EXECUTOR.reduce(rexBuilder, casts, values);
        return values;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        if (!isCast(visited)) {
            return visited;
        }
        RexNode value =
                computed.computeIfAbsent(visited, cast -> values(List.of(cast)).get(0));
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
