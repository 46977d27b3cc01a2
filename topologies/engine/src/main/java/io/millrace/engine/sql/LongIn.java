package io.millrace.engine.sql;

import com.google.common.collect.Range;
import io.millrace.engine.sql.runtime.Membership;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;
import org.jspecify.annotations.Nullable;

/**
 * Finds the many values that one value is compared with, where a lookup gives the same as the comparisons: texts of any length,
 * numbers, and times of milliseconds. Calcite has an IN as a SEARCH where it has simplified it, and otherwise as a chain of
 * comparisons.
 */
final class LongIn {

    /** From so many values on, a lookup is faster. */
    private static final int MANY = 16;

    private LongIn() {}

    /** What a SEARCH looks for; null when it is not a plain one. */
    static @Nullable Membership ofSearch(RexCall search) {
        Sarg<?> sarg = ((RexLiteral) search.getOperands().get(1)).getValueAs(Sarg.class);
        RelDataType type = search.getOperands().get(0).getType();
        if (sarg == null || sarg.nullAs != RexUnknownAs.UNKNOWN) {
            return null;
        }
        boolean isIn = !sarg.isComplementedPoints();
        Sarg<?> points = isIn ? sarg : sarg.negate();
        if (!points.isPoints() || points.pointCount < MANY) {
            return null;
        }
        Set<Object> values = new HashSet<>();
        for (Range<?> range : points.rangeSet.asRanges()) {
            Object value = key(type, range.lowerEndpoint());
            if (value == null) {
                return null;
            }
            values.add(value);
        }
        return new Membership(values, isIn);
    }

    /** By value, what it is compared with, for those that are compared with many; {@code kind} is the comparison. */
    static Map<RexNode, Set<Object>> ofComparisons(List<RexNode> operands, SqlKind kind) {
        Map<RexNode, Set<Object>> values = new LinkedHashMap<>();
        if (operands.size() >= MANY) {
            for (RexNode operand : operands) {
                Object key = operand.getKind() == kind ? key((RexCall) operand) : null;
                if (key != null) {
                    values.computeIfAbsent(((RexCall) operand).getOperands().get(0), value -> new HashSet<>())
                            .add(key);
                }
            }
        }
        values.values().removeIf(keys -> keys.size() < MANY);
        return values;
    }

    /** Whether an operand is one of the comparisons that {@link #ofComparisons} has found. */
    static boolean isAmong(RexNode operand, SqlKind kind, Map<RexNode, Set<Object>> found) {
        if (operand.getKind() != kind) {
            return false;
        }
        RexCall comparison = (RexCall) operand;
        Set<Object> keys = found.get(comparison.getOperands().get(0));
        Object key = key(comparison);
        return keys != null && key != null && keys.contains(key);
    }

    private static @Nullable Object key(RexCall comparison) {
        RelDataType type = comparison.getOperands().get(0).getType();
        if (!(comparison.getOperands().get(1) instanceof RexLiteral literal)
                || (SqlTypeUtil.isExactNumeric(type) && SqlTypeUtil.isApproximateNumeric(literal.getType()))) {
            return null;
        }
        return key(type, literal.getValueAs(Comparable.class));
    }

    private static @Nullable Object key(RelDataType type, @Nullable Object value) {
        if (type.getSqlTypeName() == SqlTypeName.VARCHAR && value instanceof NlsString text) {
            return text.getValue();
        }
        if (SqlTypeUtil.isApproximateNumeric(type) && value instanceof Number number) {
            return Membership.key(number.doubleValue());
        }
        if (value instanceof BigDecimal number) {
            boolean isWhole = number.stripTrailingZeros().scale() <= 0;
            return switch (type.getSqlTypeName()) {
                case TINYINT, SMALLINT, INTEGER, BIGINT -> isWhole ? (Object) number.longValueExact() : null;
                case DECIMAL -> Membership.key(number);
                default -> null;
            };
        }
        return time(type.getSqlTypeName(), value);
    }

    /** Times of microseconds are whole numbers by now. */
    private static @Nullable Object time(SqlTypeName type, @Nullable Object value) {
        if (type == SqlTypeName.DATE && value instanceof DateString date) {
            return (long) date.getDaysSinceEpoch();
        }
        if (type == SqlTypeName.TIME && value instanceof TimeString time) {
            return (long) time.getMillisOfDay();
        }
        return type == SqlTypeName.TIMESTAMP && value instanceof TimestampString timestamp
                ? (Object) timestamp.getMillisSinceEpoch()
                : null;
    }
}
