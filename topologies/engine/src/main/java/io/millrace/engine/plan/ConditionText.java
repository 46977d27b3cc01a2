package io.millrace.engine.plan;

import io.millrace.engine.sql.SqlDialect;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Expressions as people write them: columns by their names, operators between their operands. */
public final class ConditionText {

    private static final Map<SqlKind, Integer> BINDING = Map.of(SqlKind.OR, 1, SqlKind.AND, 2, SqlKind.NOT, 3);
    private static final int COMPARISON = 4;
    private static final int TIGHTEST = 9;

    private ConditionText() {}

    /** An expression over the columns of a row. */
    public static String of(RexNode expression, RelDataType rowType) {
        RexNode plain = RexUtil.SubQueryFinder.find(expression) == null
                ? RexUtil.expandSearch(new RexBuilder(SqlDialect.types()), null, expression)
                : expression;
        return text(plain, rowType);
    }

    private static String text(RexNode expression, RelDataType rowType) {
        if (expression instanceof RexInputRef ref && ref.getIndex() < rowType.getFieldCount()) {
            return rowType.getFieldNames().get(ref.getIndex());
        }
        if (expression instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (!(expression instanceof RexCall call) || expression instanceof org.apache.calcite.rex.RexOver) {
            return expression.toString();
        }
        List<RexNode> operands = call.getOperands();
        if (call.getKind() == SqlKind.CAST) {
            return "CAST(" + text(operands.get(0), rowType) + " AS " + call.getType() + ")";
        }
        String name = call.getOperator().getName();
        if (call.getOperator().getSyntax() == SqlSyntax.BINARY && operands.size() >= 2) {
            return joined(call, " " + name + " ", rowType);
        }
        if (call.getOperator().getSyntax() == SqlSyntax.POSTFIX && operands.size() == 1) {
            return inner(call, operands.get(0), rowType) + " " + name;
        }
        if (call.getOperator().getSyntax() == SqlSyntax.PREFIX && operands.size() == 1) {
            return name + " " + inner(call, operands.get(0), rowType);
        }
        if (call.getOperator().getSyntax() == SqlSyntax.FUNCTION_ID && operands.isEmpty()) {
            return name;
        }
        if (call.getKind() == SqlKind.CASE) {
            return cases(operands, rowType);
        }
        return name + "("
                + String.join(
                        ", ",
                        operands.stream().map(operand -> text(operand, rowType)).toList()) + ")";
    }

    private static String joined(RexCall call, String word, RelDataType rowType) {
        return String.join(
                word,
                call.getOperands().stream()
                        .map(operand -> inner(call, operand, rowType))
                        .toList());
    }

    private static String cases(List<RexNode> operands, RelDataType rowType) {
        StringBuilder text = new StringBuilder("CASE");
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            text.append(" WHEN ")
                    .append(text(operands.get(i), rowType))
                    .append(" THEN ")
                    .append(text(operands.get(i + 1), rowType));
        }
        return text.append(" ELSE ")
                .append(text(operands.get(operands.size() - 1), rowType))
                .append(" END")
                .toString();
    }

    /** An operand, in parentheses where it binds no tighter than what it is an operand of. */
    private static String inner(RexCall outer, RexNode operand, RelDataType rowType) {
        String text = text(operand, rowType);
        // AND binds tighter than OR, which not everybody knows by heart.
        boolean isAndInOr = operand.getKind() == SqlKind.AND && outer.getKind() == SqlKind.OR;
        return isAndInOr || binding(operand) <= binding(outer) ? "(" + text + ")" : text;
    }

    private static int binding(RexNode expression) {
        if (!(expression instanceof RexCall call) || call.getKind() == SqlKind.CAST) {
            return TIGHTEST;
        }
        SqlSyntax syntax = call.getOperator().getSyntax();
        if (syntax == SqlSyntax.BINARY || syntax == SqlSyntax.POSTFIX || syntax == SqlSyntax.PREFIX) {
            return call.isA(List.of(SqlKind.PLUS, SqlKind.MINUS, SqlKind.TIMES, SqlKind.DIVIDE))
                    ? COMPARISON + 1
                    : BINDING.getOrDefault(call.getKind(), COMPARISON);
        }
        return TIGHTEST;
    }

    private static String literal(RexLiteral literal) {
        if (!literal.isNull() && SqlTypeUtil.inCharFamily(literal.getType())) {
            String text = literal.getValueAs(String.class);
            return "'" + (text == null ? "" : text.replace("'", "''")) + "'";
        }
        String text = literal.toString();
        // Calcite appends the type of those that it cannot tell from others.
        int type = SqlTypeUtil.isNumeric(literal.getType()) ? text.indexOf(':') : -1;
        return type < 0 ? text : text.substring(0, type);
    }
}
