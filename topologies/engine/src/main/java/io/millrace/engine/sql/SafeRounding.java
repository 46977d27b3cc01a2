package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.BoundedCalls;
import io.millrace.engine.sql.runtime.ExactCalls;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** ROUND and TRUNCATE, to a number of digits that is held to a size, and with a result that its type holds or that is an error. */
record SafeRounding(RexBuilder rexBuilder) {

    /** The call, its operands rewritten already. */
    RexNode rounded(RexCall call) {
        RelDataType type = call.getType();
        boolean isRound = call.getOperator().getName().equals("ROUND");
        RexNode value = call.getOperands().get(0);
        if (SqlTypeUtil.isApproximateNumeric(type)) {
            return as(
                    call,
                    isRound ? "round" : "truncate",
                    SqlTypeName.DOUBLE,
                    new SafeCasts(rexBuilder).asDouble(value));
        }
        if (SqlTypeUtil.isIntType(type) && isRound) {
            return as(call, "roundWhole", SqlTypeName.BIGINT, value);
        }
        RexNode bounded = call.getOperands().size() == 2 ? call.clone(type, List.of(value, digits(call))) : call;
        // It may have more digits than the largest DECIMAL, which a cast between decimals checks.
        return type.getSqlTypeName() == SqlTypeName.DECIMAL
                ? rexBuilder.makeAbstractCast(type, bounded, false)
                : bounded;
    }

    private RexNode as(RexCall call, String method, SqlTypeName computed, RexNode value) {
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(computed),
                        call.getType().isNullable());
        return rexBuilder.makeCast(
                call.getType(), JavaCall.of(rexBuilder, type, ExactCalls.class, method, List.of(value, digits(call))));
    }

    private RexNode digits(RexCall call) {
        if (call.getOperands().size() < 2) {
            return rexBuilder.makeExactLiteral(BigDecimal.ZERO);
        }
        RexNode digits = call.getOperands().get(1);
        return SqlTypeUtil.isIntType(digits.getType())
                ? JavaCall.of(rexBuilder, digits.getType(), BoundedCalls.class, "digits", List.of(digits))
                : digits;
    }
}
