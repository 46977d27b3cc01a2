package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.TimeCalls;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Calls over times of milliseconds that Calcite's code rounds toward 1970, or towards the later of two times. */
record SafeTimes(RexBuilder rexBuilder) {

    /** The call as one of Java, its operands rewritten already; null when Calcite's is right. */
    @Nullable
    RexNode time(RexCall call) {
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)
                && SqlTypeName.YEAR_INTERVAL_TYPES.contains(call.getType().getSqlTypeName())) {
            List<RexNode> times =
                    call.getOperands().stream().map(this::timestamp).toList();
            return JavaCall.of(rexBuilder, call.getType(), TimeCalls.class, "monthsBetween", times);
        }
        return isEpochOfTimestamp(call)
                ? JavaCall.of(
                        rexBuilder,
                        call.getType(),
                        TimeCalls.class,
                        "epochSeconds",
                        List.of(call.getOperands().get(1)))
                : null;
    }

    private static boolean isEpochOfTimestamp(RexCall call) {
        return call.getKind() == SqlKind.EXTRACT
                && call.getOperands().get(0) instanceof RexLiteral unit
                && unit.getValue() == TimeUnitRange.EPOCH
                && TimeNodes.isTimestamp(call.getOperands().get(1).getType());
    }

    private RexNode timestamp(RexNode time) {
        if (TimeNodes.isTimestamp(time.getType())) {
            return time;
        }
        RelDataTypeFactory types = rexBuilder.getTypeFactory();
        RelDataType type = types.createTypeWithNullability(
                types.createSqlType(SqlTypeName.TIMESTAMP), time.getType().isNullable());
        return rexBuilder.makeAbstractCast(type, time, false);
    }
}
