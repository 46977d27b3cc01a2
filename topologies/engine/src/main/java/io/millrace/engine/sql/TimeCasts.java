package io.millrace.engine.sql;

import static io.millrace.engine.sql.TimeNodes.isMicros;

import io.millrace.engine.row.TimeResolution;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;

/** CASTs from and to TIMEs and TIMESTAMPs. One to fewer digits cuts them off, toward the past: it was asked for. */
record TimeCasts(TimeNodes nodes) {

    private static final long MICROS_OF_DAY = 86_400_000_000L;
    private static final int MILLISECOND_DIGITS = 3;
    private static final int MICROSECOND_DIGITS = 6;

    /** What a CAST becomes; {@code operand} is rewritten already, the call's own is not. */
    RexNode cast(RexCall call, RexNode operand) {
        RelDataType from = call.getOperands().get(0).getType();
        RelDataType to = call.getType();
        if (TimeNodes.isTime(from)) {
            return fromTime(call, operand, from, to);
        }
        if (isMicros(call)) {
            return toMicros(call, operand, from, to);
        }
        boolean holdsMicros = TimeNodes.holdsMicros(from) || TimeNodes.holdsMicros(to);
        if (!holdsMicros || haveSameUnits(from, to)) {
            return call.clone(TimeNodes.erase(to), List.of(operand));
        }
        throw TimeNodes.refuse(call);
    }

    private RexNode fromTime(RexCall call, RexNode operand, RelDataType from, RelDataType to) {
        boolean isTimestamp = TimeNodes.isTimestamp(from);
        if (to.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER) {
            return typed(call, text(operand, from));
        }
        if (isTimestamp ? TimeNodes.isTimestamp(to) : to.getSqlTypeName() == SqlTypeName.TIME) {
            return typed(call, between(operand, from, to));
        }
        if (!TimeResolution.isMicros(from) && !TimeResolution.isMicros(to)) {
            return call.clone(to, List.of(operand));
        }
        if (isTimestamp && to.getSqlTypeName() == SqlTypeName.TIME) {
            RexNode time =
                    nodes.call(MicrosecondOperators.FLOOR_MOD, micros(operand, from), nodes.count(MICROS_OF_DAY));
            return typed(call, cut(time, MICROSECOND_DIGITS, to));
        }
        if (isTimestamp && to.getSqlTypeName() == SqlTypeName.DATE) {
            return nodes.builder().makeAbstractCast(to, nodes.toMillis(from, operand), false);
        }
        throw TimeNodes.refuse(call);
    }

    private RexNode toMicros(RexCall call, RexNode operand, RelDataType from, RelDataType to) {
        boolean isTimestamp = TimeNodes.isTimestamp(to);
        boolean isSafe = call.getKind() == SqlKind.SAFE_CAST;
        if (from.getSqlTypeName() == SqlTypeName.NULL) {
            return nodes.builder().makeNullLiteral(TimeNodes.erase(to));
        }
        if (from.getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER) {
            return nodes.call(
                    isTimestamp
                            ? isSafe ? MicrosecondOperators.TIMESTAMP_OR_NULL : MicrosecondOperators.TIMESTAMP
                            : isSafe ? MicrosecondOperators.TIME_OR_NULL : MicrosecondOperators.TIME,
                    operand,
                    nodes.digits(to.getPrecision()));
        }
        if (isTimestamp && from.getSqlTypeName() == SqlTypeName.DATE) {
            return nodes.dateToMicros(to.getSqlTypeName(), operand);
        }
        throw TimeNodes.refuse(call);
    }

    /** Timestamps, or times of a day, of one precision as those of another. Zones are all UTC here. */
    private RexNode between(RexNode operand, RelDataType from, RelDataType to) {
        if (to.getPrecision() >= from.getPrecision()
                || (!TimeResolution.isMicros(from) && to.getPrecision() >= MILLISECOND_DIGITS)) {
            return TimeResolution.isMicros(from) == TimeResolution.isMicros(to)
                    ? as(to, operand)
                    : nodes.toMicros(operand);
        }
        return cut(micros(operand, from), from.getPrecision(), to);
    }

    private RexNode as(RelDataType to, RexNode operand) {
        return TimeResolution.isMicros(to) ? operand : nodes.as(to, operand);
    }

    private RexNode micros(RexNode operand, RelDataType type) {
        return TimeResolution.isMicros(type) ? operand : nodes.toMicros(operand);
    }

    private RexNode cut(RexNode micros, int digits, RelDataType to) {
        RexNode cut = to.getPrecision() >= digits
                ? micros
                : nodes.call(MicrosecondOperators.CUT, micros, nodes.digits(to.getPrecision()));
        return TimeResolution.isMicros(to) ? cut : nodes.as(to, nodes.toMillis(to, cut));
    }

    private RexNode text(RexNode operand, RelDataType from) {
        return nodes.call(
                TimeNodes.isTimestamp(from) ? MicrosecondOperators.TIMESTAMP_TEXT : MicrosecondOperators.TIME_TEXT,
                micros(operand, from));
    }

    /** A node with exactly the type that the CAST has. */
    private RexNode typed(RexCall call, RexNode node) {
        RelDataType type = TimeNodes.erase(call.getType());
        return type.equals(node.getType()) ? node : nodes.builder().makeAbstractCast(type, node, false);
    }

    /** Whether the same places of two types are counted in microseconds, and to the same digit. */
    private static boolean haveSameUnits(RelDataType from, RelDataType to) {
        if (TimeResolution.isMicros(from) || TimeResolution.isMicros(to)) {
            return from.getSqlTypeName() == to.getSqlTypeName() && from.getPrecision() == to.getPrecision();
        }
        List<RelDataType> fromParts = parts(from);
        List<RelDataType> toParts = parts(to);
        if (fromParts.size() != toParts.size()) {
            return false;
        }
        for (int i = 0; i < fromParts.size(); i++) {
            if (!haveSameUnits(fromParts.get(i), toParts.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<RelDataType> parts(RelDataType type) {
        return type.isStruct()
                ? type.getFieldList().stream().map(RelDataTypeField::getType).toList()
                : Stream.of(type.getKeyType(), type.getValueType(), type.getComponentType())
                        .filter(Objects::nonNull)
                        .toList();
    }
}
