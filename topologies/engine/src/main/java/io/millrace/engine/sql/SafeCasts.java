package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.NumberCasts;
import io.millrace.engine.sql.runtime.TextCasts;
import java.math.BigDecimal;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** CASTs of numbers and texts as calls of Java, where Calcite's own would cut digits, wrap around or take what is no value. */
record SafeCasts(RexBuilder rexBuilder) {

    /** What a CAST or TRY_CAST, its operand rewritten already, becomes; null when Calcite's is right. */
    @Nullable
    RexNode cast(RexCall call) {
        RexNode operand = call.getOperands().get(0);
        RelDataType from = operand.getType();
        if (call.getOperands().size() > 1) {
            return null;
        }
        if (SqlTypeUtil.isCharacter(from)) {
            return ofText(call, operand);
        }
        if (SqlTypeUtil.isApproximateNumeric(from)) {
            return ofDouble(call, operand);
        }
        return from.getSqlTypeName() == SqlTypeName.DECIMAL ? ofDecimal(call, operand) : null;
    }

    private @Nullable RexNode ofText(RexCall call, RexNode text) {
        RelDataType type = call.getType();
        return switch (type.getSqlTypeName()) {
            case CHAR, VARCHAR -> ofLength(type, text);
            case TINYINT -> java(call, TextCasts.class, "toTinyint", text);
            case SMALLINT -> java(call, TextCasts.class, "toSmallint", text);
            case INTEGER -> java(call, TextCasts.class, "toInteger", text);
            case BIGINT -> java(call, TextCasts.class, "toBigint", text);
            case REAL -> java(call, TextCasts.class, "toReal", text);
            case FLOAT, DOUBLE -> java(call, TextCasts.class, "toDouble", text);
            case DECIMAL -> java(call, TextCasts.class, "toDecimal", text, precision(type), scale(type));
            case TIME -> java(call, TextCasts.class, "toTime", text);
            case TIMESTAMP -> java(call, TextCasts.class, "toTimestamp", text);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> java(call, TextCasts.class, "toInstant", text);
            default -> null;
        };
    }

    private @Nullable RexNode ofDouble(RexCall call, RexNode number) {
        RelDataType type = call.getType();
        RexNode operand = asDouble(number);
        return switch (type.getSqlTypeName()) {
            case TINYINT -> java(call, NumberCasts.class, "doubleToTinyint", operand);
            case SMALLINT -> java(call, NumberCasts.class, "doubleToSmallint", operand);
            case INTEGER -> java(call, NumberCasts.class, "doubleToInteger", operand);
            case BIGINT -> java(call, NumberCasts.class, "doubleToBigint", operand);
            case DECIMAL -> java(call, NumberCasts.class, "doubleToDecimal", operand, precision(type), scale(type));
            default -> null;
        };
    }

    private @Nullable RexNode ofDecimal(RexCall call, RexNode number) {
        return switch (call.getType().getSqlTypeName()) {
            case TINYINT -> java(call, NumberCasts.class, "decimalToTinyint", number);
            case SMALLINT -> java(call, NumberCasts.class, "decimalToSmallint", number);
            case INTEGER -> java(call, NumberCasts.class, "decimalToInteger", number);
            case BIGINT -> java(call, NumberCasts.class, "decimalToBigint", number);
            default -> null;
        };
    }

    /** What {@link ExactRexBuilder#TEXT} becomes: a CAST, which cuts or pads a text to the length of its type. */
    RexNode text(RexCall call) {
        RexNode operand = call.getOperands().get(0);
        RexNode text = operand;
        if (!SqlTypeUtil.isCharacter(operand.getType())) {
            RelDataType anyLength = rexBuilder
                    .getTypeFactory()
                    .createTypeWithNullability(
                            rexBuilder.getTypeFactory().createSqlType(SqlTypeName.VARCHAR),
                            operand.getType().isNullable());
            text = operand.getType().getSqlTypeName() == SqlTypeName.DECIMAL
                    ? JavaCall.of(rexBuilder, anyLength, NumberCasts.class, "decimalToText", List.of(operand))
                    : rexBuilder.makeCall(anyLength, SqlStdOperatorTable.CAST, List.of(operand));
        }
        RexNode cut = ofLength(call.getType(), text);
        return cut == null ? rexBuilder.makeCall(call.getType(), SqlStdOperatorTable.CAST, List.of(text)) : cut;
    }

    /** A text cut to the length of a type, in characters, and as a CHAR padded to it; null where the type has none. */
    private @Nullable RexNode ofLength(RelDataType type, RexNode text) {
        return type.getPrecision() < 0
                ? null
                : JavaCall.of(
                        rexBuilder,
                        type,
                        TextCasts.class,
                        type.getSqlTypeName() == SqlTypeName.CHAR ? "toChar" : "toVarchar",
                        List.of(text, precision(type)));
    }

    /** A number as a DOUBLE, which it may be already. */
    RexNode asDouble(RexNode number) {
        RelDataType type = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE),
                        number.getType().isNullable());
        return rexBuilder.makeCast(type, number);
    }

    private RexNode java(RexCall call, Class<?> owner, String method, RexNode... operands) {
        return call.getKind() == SqlKind.SAFE_CAST
                ? JavaCall.orNull(rexBuilder, call.getType(), owner, method, List.of(operands))
                : JavaCall.of(rexBuilder, call.getType(), owner, method, List.of(operands));
    }

    private RexNode precision(RelDataType type) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(type.getPrecision()));
    }

    private RexNode scale(RelDataType type) {
        return rexBuilder.makeExactLiteral(BigDecimal.valueOf(type.getScale()));
    }
}
