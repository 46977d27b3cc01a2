package io.millrace.engine.sql;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * Computes CASTs of literals while a query is planned, by the code that would compute them with each row. Those from times and to times of
 * microseconds, which a literal would cut, are left to that, as are those that fail, and numbers of which there is no literal.
 */
final class ConstantExpressions extends RexShuttle {

    private static final RelDataType NO_COLUMNS = SqlDialect.types().builder().build();

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
        return isCast(visited) ? computed(rexBuilder, visited) : visited;
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

    private static RexNode computed(RexBuilder rexBuilder, RexNode expression) {
        try {
            Object value = CompiledExpressions.compile(rexBuilder, List.of(expression), NO_COLUMNS)
                    .evaluate(new RowContext(), new Object[0])[0];
            return isLiteral(value) ? rexBuilder.makeLiteral(value, expression.getType(), true) : expression;
        } catch (RuntimeException e) {
            // It fails with each row, which is set aside, and is no reason to refuse the query.
            return expression;
        }
    }

    private static boolean isLiteral(@Nullable Object value) {
        return !(value instanceof Double || value instanceof Float)
                || ExactRexBuilder.isLiteral(((Number) value).doubleValue());
    }
}
