package io.millrace.engine.sql;

import java.math.BigDecimal;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Makes casts of numbers to intervals what they are of literals: so many of the interval's last unit, rounded half away from zero.
 * Calcite's code multiplies by the unit twice and cuts off.
 */
final class IntervalCasts extends RexShuttle {

    private final RexBuilder builder;

    IntervalCasts(RexBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        RexCall visited = (RexCall) super.visitCall(call);
        RelDataType type = visited.getType();
        boolean isCast = visited.getKind() == SqlKind.CAST || visited.getKind() == SqlKind.SAFE_CAST;
        if (!isCast
                || !SqlTypeUtil.isInterval(type)
                || !SqlTypeUtil.isNumeric(visited.getOperands().get(0).getType())) {
            return visited;
        }
        RexNode number = visited.getOperands().get(0);
        RexNode whole =
                SqlTypeUtil.isIntType(number.getType()) ? number : builder.makeCall(SqlStdOperatorTable.ROUND, number);
        RelDataType bigint = builder.getTypeFactory()
                .createTypeWithNullability(
                        builder.getTypeFactory().createSqlType(SqlTypeName.BIGINT),
                        number.getType().isNullable());
        BigDecimal unit = type.getIntervalQualifier().getUnit().multiplier;
        RexNode units = builder.makeCall(
                SqlStdOperatorTable.CHECKED_MULTIPLY,
                builder.makeAbstractCast(bigint, whole, false),
                builder.makeBigintLiteral(unit));
        return builder.makeReinterpretCast(type, units, builder.makeLiteral(false));
    }
}
