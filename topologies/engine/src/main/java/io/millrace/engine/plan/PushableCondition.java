package io.millrace.engine.plan;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Writes what of a condition a database finds as this engine does, in the words of the JDBC source's {@code where}: columns compared with
 * literals, of exact numbers, texts (by {@code =} and {@code <>} only, since their order is not the same everywhere), booleans, dates and
 * timestamps to the millisecond. What it cannot write is left out, so that what is written is true of every row of which the condition is, and
 * of others too. Floating-point numbers are left out for their NaN, which is the greatest number in one and no number in the other.
 */
final class PushableCondition {

    /** Longer ones cost more in a connector's configuration and in each query than they spare. */
    private static final int MOST_CHARACTERS = 20_000;

    private static final Pattern FINER_THAN_MILLISECONDS = Pattern.compile("\\.\\d{3}0*[1-9]");
    private static final Map<SqlKind, String> SIGNS = Map.of(
            SqlKind.EQUALS, "=",
            SqlKind.NOT_EQUALS, "<>",
            SqlKind.LESS_THAN, "<",
            SqlKind.LESS_THAN_OR_EQUAL, "<=",
            SqlKind.GREATER_THAN, ">",
            SqlKind.GREATER_THAN_OR_EQUAL, ">=");

    private final RelDataType rowType;
    private final IntPredicate isAllowed;

    private PushableCondition(RelDataType rowType, IntPredicate isAllowed) {
        this.rowType = rowType;
        this.isAllowed = isAllowed;
    }

    /**
     * The condition that one of {@code conditions} is true, as far as it can be written; empty when nothing of it can.
     *
     * @param rowType the columns that they are over
     * @param isAllowed which of these columns may be compared
     */
    static String of(RexBuilder rexBuilder, List<RexNode> conditions, RelDataType rowType, IntPredicate isAllowed) {
        RexNode any = RexUtil.expandSearch(rexBuilder, null, RexUtil.composeDisjunction(rexBuilder, conditions));
        String text = new PushableCondition(rowType, isAllowed).text(any, false);
        return text == null || text.length() > MOST_CHARACTERS ? "" : text;
    }

    /** @param isNegated whether NOT stands before it */
    private @Nullable String text(RexNode condition, boolean isNegated) {
        return switch (condition.getKind()) {
            case NOT -> text(operand(condition, 0), !isNegated);
            case AND, OR -> joined((RexCall) condition, isNegated);
            case IS_NULL, IS_NOT_NULL -> {
                String column = column(operand(condition, 0));
                boolean isNull = (condition.getKind() == SqlKind.IS_NULL) != isNegated;
                yield column == null ? null : column + (isNull ? " IS NULL" : " IS NOT NULL");
            }
            // In the place of a condition what is unknown is as good as false, unless NOT stands before it.
            case IS_TRUE -> isNegated ? notTrue(operand(condition, 0), "TRUE") : text(operand(condition, 0), false);
            case IS_NOT_TRUE -> isNegated ? text(operand(condition, 0), false) : notTrue(operand(condition, 0), "TRUE");
            case IS_FALSE -> isNegated ? notTrue(operand(condition, 0), "FALSE") : text(operand(condition, 0), true);
            case IS_NOT_FALSE ->
                isNegated ? text(operand(condition, 0), true) : notTrue(operand(condition, 0), "FALSE");
            case INPUT_REF -> {
                String column = column(condition);
                yield column == null ? null : column + (isNegated ? " = FALSE" : " = TRUE");
            }
            default ->
                SIGNS.containsKey(condition.getKind())
                        ? comparison(isNegated ? condition.getKind().negateNullSafe() : condition.getKind(), (RexCall)
                                condition)
                        : null;
        };
    }

    /** A column of booleans that is null or the other one. */
    private @Nullable String notTrue(RexNode operand, String value) {
        String column = operand instanceof RexInputRef ? column(operand) : null;
        return column == null ? null : "(" + column + " <> " + value + " OR " + column + " IS NULL)";
    }

    private static RexNode operand(RexNode call, int number) {
        return ((RexCall) call).getOperands().get(number);
    }

    private @Nullable String joined(RexCall call, boolean isNegated) {
        boolean isAnd = (call.getKind() == SqlKind.AND) != isNegated;
        String among = isNegated ? null : isAnd ? null : among(call);
        if (among != null) {
            return among;
        }
        List<String> parts = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            String part = text(operand, isNegated);
            if (part != null) {
                parts.add(part);
            } else if (!isAnd) {
                return null;
            }
        }
        if (parts.size() < 2) {
            return parts.isEmpty() ? null : parts.get(0);
        }
        return "(" + String.join(isAnd ? " AND " : " OR ", parts) + ")";
    }

    /** {@code column IN (…)}, which is written as one comparison after another; null when it is none. */
    private @Nullable String among(RexCall call) {
        String column = null;
        List<String> literals = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (operand.getKind() != SqlKind.EQUALS || !(operand(operand, 0) instanceof RexInputRef)) {
                return null;
            }
            String own = column(operand(operand, 0));
            String literal = literal(operand(operand, 0).getType(), SqlKind.EQUALS, operand(operand, 1));
            if (own == null || literal == null || (column != null && !column.equals(own))) {
                return null;
            }
            column = own;
            literals.add(literal);
        }
        return column + " IN (" + String.join(", ", literals) + ")";
    }

    private @Nullable String comparison(SqlKind kind, RexCall call) {
        RexNode left = operand(call, 0);
        RexNode right = operand(call, 1);
        if (left instanceof RexLiteral && !(right instanceof RexLiteral)) {
            return comparison(kind.reverse(), right, left);
        }
        return comparison(kind, left, right);
    }

    private @Nullable String comparison(SqlKind kind, RexNode operand, RexNode value) {
        RexNode bare = withoutWidening(operand);
        String column = column(bare);
        String literal = column == null ? null : literal(bare.getType(), kind, value);
        return literal == null ? null : column + " " + SIGNS.get(kind) + " " + literal;
    }

    /** A column beneath casts that change no value of it. */
    private static RexNode withoutWidening(RexNode operand) {
        RexNode bare = operand;
        while (bare.getKind() == SqlKind.CAST && isWidening(operand(bare, 0).getType(), bare.getType())) {
            bare = operand(bare, 0);
        }
        return bare;
    }

    private static boolean isWidening(RelDataType from, RelDataType to) {
        if (from.getSqlTypeName() == SqlTypeName.VARCHAR && to.getSqlTypeName() == SqlTypeName.VARCHAR) {
            return to.getPrecision() == RelDataType.PRECISION_NOT_SPECIFIED
                    || (from.getPrecision() != RelDataType.PRECISION_NOT_SPECIFIED
                            && to.getPrecision() >= from.getPrecision());
        }
        return SqlTypeUtil.isExactNumeric(from)
                && SqlTypeUtil.isExactNumeric(to)
                && scale(to) >= scale(from)
                && to.getPrecision() - scale(to) >= from.getPrecision() - scale(from);
    }

    private static int scale(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.DECIMAL ? type.getScale() : 0;
    }

    /** A column's name in double quotes; null when it may not be compared, or is no column. */
    private @Nullable String column(RexNode operand) {
        if (!(operand instanceof RexInputRef ref) || !isAllowed.test(ref.getIndex())) {
            return null;
        }
        String name = rowType.getFieldNames().get(ref.getIndex());
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A literal that columns of a type can be compared with so; null when that may not mean the same in a database. */
    private static @Nullable String literal(RelDataType column, SqlKind kind, RexNode value) {
        if (!(value instanceof RexLiteral literal) || literal.isNull()) {
            return null;
        }
        boolean isEquality = kind == SqlKind.EQUALS || kind == SqlKind.NOT_EQUALS;
        return switch (column.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL -> {
                BigDecimal number =
                        SqlTypeUtil.isExactNumeric(literal.getType()) ? literal.getValueAs(BigDecimal.class) : null;
                yield number == null ? null : number.stripTrailingZeros().toPlainString();
            }
            case VARCHAR ->
                isEquality && SqlTypeUtil.inCharFamily(literal.getType())
                        ? text(literal.getValueAs(String.class))
                        : null;
            case BOOLEAN ->
                isEquality && literal.getType().getSqlTypeName() == SqlTypeName.BOOLEAN
                        ? (literal.isAlwaysTrue() ? "TRUE" : "FALSE")
                        : null;
            case DATE ->
                literal.getType().getSqlTypeName() == SqlTypeName.DATE
                        ? "DATE '" + literal.getValueAs(DateString.class) + "'"
                        : null;
            case TIMESTAMP -> timestamp(literal);
            default -> null;
        };
    }

    private static @Nullable String timestamp(RexLiteral literal) {
        if (literal.getType().getSqlTypeName() != SqlTypeName.TIMESTAMP) {
            return null;
        }
        String text = String.valueOf(literal.getValueAs(TimestampString.class));
        return FINER_THAN_MILLISECONDS.matcher(text).find() ? null : "TIMESTAMP '" + cut(text) + "'";
    }

    private static String cut(String timestamp) {
        int point = timestamp.indexOf('.');
        return point < 0 ? timestamp : timestamp.substring(0, Math.min(timestamp.length(), point + 4));
    }

    /** A text that a database can hold; null when it has what UTF-8 or PostgreSQL does not know. */
    private static @Nullable String text(@Nullable String text) {
        if (text == null || text.indexOf('\0') >= 0) {
            return null;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return null;
            }
        }
        return "'" + text.replace("'", "''") + "'";
    }
}
