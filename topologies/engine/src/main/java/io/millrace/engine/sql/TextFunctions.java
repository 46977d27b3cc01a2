package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.BoundedCalls;
import io.millrace.engine.sql.runtime.TextCalls;
import io.millrace.engine.sql.runtime.TextSearch;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes calls of functions over the characters of texts calls of our own: Calcite's count the units of UTF-16. */
final class TextFunctions {

    private final RexBuilder rexBuilder;

    TextFunctions(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /** The call by which a call is replaced; null when it is not one of characters. */
    @Nullable
    RexNode replaced(RexCall call) {
        List<RexNode> operands = call.getOperands();
        boolean isOfText =
                !operands.isEmpty() && operands.stream().noneMatch(operand -> SqlTypeUtil.isBinary(operand.getType()));
        if (!isOfText) {
            return null;
        }
        return switch (call.getOperator().getName()) {
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> java(call, TextCalls.class, "length");
            case "SUBSTRING" -> java(call, TextCalls.class, "substring");
            case "LEFT" -> java(call, TextCalls.class, "left");
            case "RIGHT" -> java(call, TextCalls.class, "right");
            case "OVERLAY" -> java(call, TextCalls.class, "overlay");
            case "TRANSLATE3" -> java(call, TextCalls.class, "translate");
            case "LEVENSHTEIN" -> java(call, TextCalls.class, "levenshtein");
            case "CHR" -> java(call, TextCalls.class, "chr");
            case "LPAD" -> java(call, BoundedCalls.class, "lpad");
            case "RPAD" -> java(call, BoundedCalls.class, "rpad");
            case "POSITION" -> java(call, TextSearch.class, "position");
            case "TRIM" -> trim(call);
            case "CAST", "SAFE_CAST", "TRY_CAST" -> cut(call);
            default -> null;
        };
    }

    /** A call of the method with the operands; all numbers among them are its long ones. */
    private RexNode java(RexCall call, Class<?> owner, String method) {
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            operands.add(SqlTypeUtil.isCharacter(operand.getType()) ? operand : bigint(operand));
        }
        return JavaCall.of(rexBuilder, call.getType(), owner, method, operands);
    }

    private RexNode bigint(RexNode number) {
        RelDataType type = rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
        return rexBuilder.makeCast(
                rexBuilder
                        .getTypeFactory()
                        .createTypeWithNullability(type, number.getType().isNullable()),
                number);
    }

    private RexNode trim(RexCall call) {
        String side = String.valueOf(((RexLiteral) call.getOperands().get(0)).getValue());
        String method = switch (side) {
            case "LEADING" -> "trimLeading";
            case "TRAILING" -> "trimTrailing";
            default -> "trim";
        };
        return JavaCall.of(
                rexBuilder,
                call.getType(),
                TextCalls.class,
                method,
                call.getOperands().subList(1, 3));
    }

    /** A cast to CHAR(n) or VARCHAR(n) of a text that may be longer or shorter. */
    private @Nullable RexNode cut(RexCall call) {
        RelDataType from = call.getOperands().get(0).getType();
        RelDataType to = call.getType();
        if (!SqlTypeUtil.isCharacter(to)
                || !SqlTypeUtil.isCharacter(from)
                || to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED) {
            return null;
        }
        return JavaCall.of(
                rexBuilder,
                to,
                TextCalls.class,
                to.getSqlTypeName() == SqlTypeName.CHAR ? "cutOrPadded" : "cut",
                List.of(
                        call.getOperands().get(0),
                        rexBuilder.makeExactLiteral(java.math.BigDecimal.valueOf(to.getPrecision()))));
    }
}
