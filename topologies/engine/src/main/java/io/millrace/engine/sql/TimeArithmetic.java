package io.millrace.engine.sql;

import static io.millrace.engine.sql.TimeNodes.isMicros;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlAbstractTimeFunction;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Sums, differences, parts and rounding of times in microseconds. */
record TimeArithmetic(TimeNodes nodes) {

    private static final long MICROS_OF_MILLI = 1_000;
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final long MICROS_OF_MINUTE = 60_000_000;
    private static final long MICROS_OF_DAY = 86_400_000_000L;

    /**
     * What TIMESTAMPDIFF becomes, which Calcite makes of a difference before it is typed: null for anything else. Parts of the
     * unit are cut off toward zero. Where Calcite would count whole seconds, or days and milliseconds as the same, this is
     * right for timestamps of milliseconds, too.
     */
    @Nullable
    RexNode difference(RexCall call, RexShuttle rewrite) {
        if (call.getKind() == SqlKind.REINTERPRET) {
            RexCall minus = timestampDifference(call.getOperands().get(0));
            return minus != null && !isMonths(minus) && (isOverMicros(minus) || isOverDates(minus))
                    ? nodes.call(MicrosecondOperators.DIVIDE, micros(minus, rewrite), nodes.count(MICROS_OF_MILLI))
                    : null;
        }
        if (call.getKind() != SqlKind.TIMES || !(call.getOperands().get(1) instanceof RexLiteral factor)) {
            return null;
        }
        RexCall minus = inner(call.getOperands().get(0), SqlKind.CAST, SqlKind.DIVIDE, SqlKind.REINTERPRET);
        return minus == null ? null : partsOfSecond(factor, micros(minus, rewrite));
    }

    private @Nullable RexNode partsOfSecond(RexLiteral factor, RexNode micros) {
        BigDecimal parts = factor.getValueAs(BigDecimal.class);
        if (parts == null || parts.signum() <= 0 || parts.scale() > 0) {
            return null;
        }
        long perSecond = parts.longValueExact();
        RexNode count = perSecond <= MICROS_OF_SECOND
                ? nodes.call(MicrosecondOperators.DIVIDE, micros, nodes.count(MICROS_OF_SECOND / perSecond))
                : nodes.call(MicrosecondOperators.TIMES, micros, nodes.count(perSecond / MICROS_OF_SECOND));
        return nodes.call(MicrosecondOperators.INTEGER, count);
    }

    /** The difference of timestamps inside calls of the given kinds, one in another. */
    private static @Nullable RexCall inner(RexNode node, SqlKind... kinds) {
        RexNode inner = node;
        for (SqlKind kind : kinds) {
            if (!(inner instanceof RexCall call) || (call.getKind() != kind && !isWholeDivision(call, kind))) {
                return null;
            }
            inner = call.getOperands().get(0);
        }
        return timestampDifference(inner);
    }

    private static boolean isWholeDivision(RexCall call, SqlKind kind) {
        return kind == SqlKind.DIVIDE && call.getOperator().equals(SqlStdOperatorTable.DIVIDE_INTEGER);
    }

    private static @Nullable RexCall timestampDifference(RexNode node) {
        return node instanceof RexCall call
                        && call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)
                        && call.getOperands().stream().anyMatch(operand -> TimeNodes.isTimestamp(operand.getType()))
                        && call.getOperands().stream()
                                .allMatch(operand -> TimeNodes.isTimestamp(operand.getType()) || isDate(operand))
                ? call
                : null;
    }

    private static boolean isOverMicros(RexCall minus) {
        return minus.getOperands().stream().anyMatch(TimeNodes::isMicros);
    }

    private static boolean isOverDates(RexCall minus) {
        return minus.getOperands().stream().anyMatch(TimeArithmetic::isDate);
    }

    private static boolean isDate(RexNode node) {
        return node.getType().getSqlTypeName() == SqlTypeName.DATE;
    }

    private static boolean isMonths(RexCall call) {
        return SqlTypeName.YEAR_INTERVAL_TYPES.contains(call.getType().getSqlTypeName());
    }

    private RexNode micros(RexCall minus, RexShuttle rewrite) {
        RexNode[] operands = minus.getOperands().stream()
                .map(operand -> nodes.micros(operand, operand.accept(rewrite)))
                .toArray(RexNode[]::new);
        return nodes.call(MicrosecondOperators.MINUS, operands);
    }

    /** What a call over microseconds becomes, its operands rewritten already; null when it is none of these. */
    @Nullable
    RexNode compute(RexCall call, List<RexNode> operands) {
        if (call.getOperator().equals(SqlLibraryOperators.UNIX_MICROS)) {
            return operands.get(0);
        }
        if (call.getOperator().equals(SqlLibraryOperators.UNIX_MILLIS)
                || call.getOperator().equals(SqlLibraryOperators.UNIX_SECONDS)) {
            return call.clone(
                    call.getType(),
                    List.of(nodes.toMillis(call.getOperands().get(0).getType(), operands.get(0))));
        }
        if (call.getOperator() instanceof SqlAbstractTimeFunction) {
            // The current time is known to the millisecond, whatever it is asked for.
            return nodes.toMicros(call.clone(nodes.millisType(call.getType()), operands));
        }
        return switch (call.getKind()) {
            case PLUS, MINUS -> sum(call, operands);
            case EXTRACT -> extract(call, operands);
            case FLOOR -> round(call, operands, false);
            case CEIL -> round(call, operands, true);
            default -> null;
        };
    }

    private @Nullable RexNode sum(RexCall call, List<RexNode> operands) {
        if (call.getOperands().size() != 2) {
            return null;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        boolean isMinus = call.getKind() == SqlKind.MINUS;
        if (call.getOperator().equals(SqlStdOperatorTable.MINUS_DATE)
                && right.getType().getIntervalQualifier() == null) {
            return interval(call, operands);
        }
        boolean isTimeFirst = isMicros(left);
        RexNode interval = isTimeFirst ? right : left;
        if (interval.getType().getIntervalQualifier() == null || !isMicros(call)) {
            return null;
        }
        RexNode time = operands.get(isTimeFirst ? 0 : 1);
        RexNode amount = operands.get(isTimeFirst ? 1 : 0);
        RexNode moved =
                SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName())
                        ? nodes.call(MicrosecondOperators.PLUS_MONTHS, time, months(amount, isMinus))
                        : nodes.call(
                                isMinus ? MicrosecondOperators.MINUS : MicrosecondOperators.PLUS,
                                time,
                                duration(interval, amount));
        return call.getType().getSqlTypeName() == SqlTypeName.TIME
                ? nodes.call(MicrosecondOperators.FLOOR_MOD, moved, nodes.count(MICROS_OF_DAY))
                : moved;
    }

    private RexNode months(RexNode amount, boolean isMinus) {
        RexNode months = nodes.as(SqlTypeName.INTEGER, amount);
        return isMinus ? nodes.call(SqlStdOperatorTable.UNARY_MINUS, months) : months;
    }

    /** An interval in microseconds; one of TIMESTAMPADD(MICROSECOND, …) is divided by a thousand, which is left out. */
    private RexNode duration(RexNode interval, RexNode amount) {
        if (interval instanceof RexCall division
                && division.getOperator().equals(SqlStdOperatorTable.DIVIDE_INTEGER)
                && division.getOperands().get(0).getType().getIntervalQualifier() != null) {
            TimeUnit unit = Objects.requireNonNull(
                            division.getOperands().get(0).getType().getIntervalQualifier())
                    .getUnit();
            if (unit != TimeUnit.MICROSECOND) {
                throw TimeNodes.refuse(division);
            }
            return nodes.as(SqlTypeName.BIGINT, ((RexCall) amount).getOperands().get(0));
        }
        return nodes.call(
                MicrosecondOperators.TIMES, nodes.as(SqlTypeName.BIGINT, amount), nodes.count(MICROS_OF_MILLI));
    }

    private RexNode interval(RexCall call, List<RexNode> operands) {
        RexNode left = nodes.micros(call.getOperands().get(0), operands.get(0));
        RexNode right = nodes.micros(call.getOperands().get(1), operands.get(1));
        return nodes.as(
                call.getType(),
                isMonths(call)
                        ? nodes.call(MicrosecondOperators.MONTHS_BETWEEN, left, right)
                        : nodes.call(
                                MicrosecondOperators.INTERVAL_MILLIS,
                                nodes.call(MicrosecondOperators.MINUS, left, right)));
    }

    /** EXTRACT of MILLISECOND and MICROSECOND counts those of the whole seconds, too, as Calcite's does. */
    private @Nullable RexNode extract(RexCall call, List<RexNode> operands) {
        RelDataType type = call.getOperands().get(1).getType();
        RexNode ofMinute = nodes.call(MicrosecondOperators.FLOOR_MOD, operands.get(1), nodes.count(MICROS_OF_MINUTE));
        return switch (unit(call.getOperands().get(0))) {
            case NANOSECOND -> nodes.call(MicrosecondOperators.TIMES, ofMinute, nodes.count(MICROS_OF_MILLI));
            case MICROSECOND -> ofMinute;
            case MILLISECOND -> nodes.call(MicrosecondOperators.FLOOR_DIV, ofMinute, nodes.count(MICROS_OF_MILLI));
            default -> call.clone(call.getType(), List.of(operands.get(0), nodes.toMillis(type, operands.get(1))));
        };
    }

    private @Nullable RexNode round(RexCall call, List<RexNode> operands, boolean isUp) {
        if (operands.size() != 2) {
            return null;
        }
        RelDataType type = call.getOperands().get(0).getType();
        TimeUnitRange unit = unit(call.getOperands().get(1));
        if (unit == TimeUnitRange.NANOSECOND || unit == TimeUnitRange.MICROSECOND) {
            return operands.get(0);
        }
        RexNode millis = nodes.millis(
                type,
                nodes.call(
                        isUp ? MicrosecondOperators.CEIL_DIV : MicrosecondOperators.FLOOR_DIV,
                        operands.get(0),
                        nodes.count(MICROS_OF_MILLI)));
        return nodes.toMicros(
                unit == TimeUnitRange.MILLISECOND
                        ? millis
                        : call.clone(millis.getType(), List.of(millis, operands.get(1))));
    }

    private static TimeUnitRange unit(RexNode flag) {
        TimeUnitRange unit = flag instanceof RexLiteral literal ? literal.getValueAs(TimeUnitRange.class) : null;
        if (unit == null) {
            throw new UnsupportedOperationException("The unit of a time is not " + flag);
        }
        return unit;
    }
}
