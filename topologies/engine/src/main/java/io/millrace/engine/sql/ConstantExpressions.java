package io.millrace.engine.sql;

import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Computes CASTs of literals while a query is planned, by the code that would compute them with each row. Those from times and to times of
 * microseconds, which a literal would cut, are left to that, as are those that fail, and numbers of which there is no literal.
 */
final class ConstantExpressions extends RexShuttle {

    private static final RelDataType NO_COLUMNS = SqlDialect.types().builder().build();

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

    /** The literals of casts; those that have none, or fail, stay, and so do all of them when one fails. */
    private List<RexNode> values(List<RexNode> casts) {
        Row values;
        try {
            values = CompiledExpressions.compile(rexBuilder, casts, NO_COLUMNS).evaluate(new RowContext(), Row.EMPTY);
        } catch (RuntimeException e) {
            // It fails with each row, which is set aside, and is no reason to refuse the query.
            return casts;
        }
        List<RexNode> literals = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            RexNode cast = casts.get(i);
            literals.add(
                    isLiteral(values.get(i)) && cast.getType().getSqlTypeName() != SqlTypeName.VARIANT
                            ? rexBuilder.makeLiteral(values.get(i), cast.getType(), true)
                            : cast);
        }
        return literals;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexNode visited = super.visitCall(call);
        return isCast(visited)
                ? computed.computeIfAbsent(
                        visited, cast -> values(List.of(cast)).get(0))
                : visited;
    }

    private static boolean isCast(RexNode expression) {
        return expression instanceof RexCall call
                && (call.getKind() == SqlKind.CAST
                        || call.getKind() == SqlKind.SAFE_CAST
                        || call.getOperator().equals(ExactRexBuilder.TEXT))
                && call.getOperands().get(0) instanceof RexLiteral literal
                && !TimeNodes.holdsMicros(call.getType())
                && !TimeNodes.isTime(literal.getType());
    }

    private static boolean isLiteral(@Nullable Object value) {
        return !(value instanceof Double || value instanceof Float)
                || ExactRexBuilder.isLiteral(((Number) value).doubleValue());
    }
}
