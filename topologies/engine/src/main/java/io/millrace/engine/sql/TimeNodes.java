package io.millrace.engine.sql;

import io.millrace.engine.row.TimeResolution;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.adapter.java.JavaTypeFactory;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** Nodes of expressions over times: counts, BIGINTs to Calcite, and what goes between them and its own types. */
record TimeNodes(RexBuilder builder) {

    private static final JavaTypeFactory TYPES = SqlDialect.types();
    private static final long MICROS_OF_MILLI = 1_000;
    private static final int MILLISECOND_DIGITS = 3;
    private static final int MICROSECOND_DIGITS = 6;

    static boolean isMicros(RexNode node) {
        return TimeResolution.isMicros(node.getType());
    }

    /** Whether a type is one of the TIMEs and TIMESTAMPs. */
    static boolean isTime(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIME || isTimestamp(type);
    }

    static boolean isTimestamp(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.TIMESTAMP
                || type.getSqlTypeName() == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** Whether values of the type are, or hold, counts of microseconds. */
    static boolean holdsMicros(RelDataType type) {
        return !erase(type).equals(type);
    }

    static RelDataType erase(RelDataType type) {
        return switch (type.getSqlTypeName()) {
            case TIME, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                TimeResolution.isMicros(type) ? nullable(TYPES.createSqlType(SqlTypeName.BIGINT), type) : type;
            case ARRAY -> {
                RelDataType element = Objects.requireNonNull(type.getComponentType());
                RelDataType erased = erase(element);
                yield erased.equals(element) ? type : nullable(TYPES.createArrayType(erased, -1), type);
            }
            case MAP -> {
                RelDataType key = Objects.requireNonNull(type.getKeyType());
                RelDataType value = Objects.requireNonNull(type.getValueType());
                boolean isSame = erase(key).equals(key) && erase(value).equals(value);
                yield isSame ? type : nullable(TYPES.createMapType(erase(key), erase(value)), type);
            }
            default -> type.isStruct() ? eraseFields(type) : type;
        };
    }

    private static RelDataType eraseFields(RelDataType type) {
        boolean isSame = true;
        RelDataTypeFactory.Builder erased = TYPES.builder().kind(type.getStructKind());
        for (RelDataTypeField field : type.getFieldList()) {
            RelDataType fieldType = erase(field.getType());
            isSame &= fieldType.equals(field.getType());
            erased.add(field.getName(), fieldType);
        }
        return isSame ? type : nullable(erased.build(), type);
    }

    private static RelDataType nullable(RelDataType type, RelDataType like) {
        return TYPES.enforceTypeWithNullability(type, like.isNullable());
    }

    /** A literal, in microseconds if its type says so. */
    RexNode literal(RexLiteral literal) {
        RelDataType type = literal.getType();
        if (!holdsMicros(type)) {
            return literal;
        }
        if (literal.isNull()) {
            return builder.makeNullLiteral(erase(type));
        }
        if (isTimestamp(type)) {
            String text = Objects.requireNonNull(literal.getValueAs(TimestampString.class))
                    .toString();
            return count(MicrosecondFunctions.timestamp(text, MICROSECOND_DIGITS));
        }
        if (type.getSqlTypeName() == SqlTypeName.TIME) {
            String text =
                    Objects.requireNonNull(literal.getValueAs(TimeString.class)).toString();
            return count(MicrosecondFunctions.time(text, MICROSECOND_DIGITS));
        }
        throw new UnsupportedOperationException(
                "A literal of " + type + " is not there yet: build it with ARRAY or ROW");
    }

    RexLiteral count(long value) {
        return builder.makeExactLiteral(BigDecimal.valueOf(value), TYPES.createSqlType(SqlTypeName.BIGINT));
    }

    RexLiteral digits(int precision) {
        return builder.makeExactLiteral(BigDecimal.valueOf(precision), TYPES.createSqlType(SqlTypeName.INTEGER));
    }

    RexNode call(SqlOperator operator, RexNode... operands) {
        return builder.makeCall(operator, List.of(operands));
    }

    /** The same count as another type. */
    RexNode as(RelDataType type, RexNode node) {
        RelDataType wanted = nullable(type, node.getType());
        return wanted.equals(node.getType())
                ? node
                : builder.makeCall(wanted, SqlStdOperatorTable.REINTERPRET, List.of(node));
    }

    RexNode as(SqlTypeName type, RexNode node) {
        return as(TYPES.createSqlType(type), node);
    }

    /** A TIME or TIMESTAMP of milliseconds in microseconds. */
    RexNode toMicros(RexNode millis) {
        RexNode count = millis.getType().getSqlTypeName() == SqlTypeName.TIME
                ? builder.makeCast(bigint(millis), as(SqlTypeName.INTEGER, millis))
                : as(SqlTypeName.BIGINT, millis);
        return call(MicrosecondOperators.TIMES, count, count(MICROS_OF_MILLI));
    }

    /** A DATE, TIME or TIMESTAMP, rewritten, in microseconds, in which it may be already. */
    RexNode micros(RexNode original, RexNode rewritten) {
        if (isMicros(original)) {
            return rewritten;
        }
        return original.getType().getSqlTypeName() == SqlTypeName.DATE
                ? dateToMicros(SqlTypeName.TIMESTAMP, rewritten)
                : toMicros(rewritten);
    }

    /** The beginning of a DATE, as some kind of timestamp, in microseconds. */
    RexNode dateToMicros(SqlTypeName timestamp, RexNode date) {
        return toMicros(builder.makeAbstractCast(
                nullable(TYPES.createSqlType(timestamp, MILLISECOND_DIGITS), date.getType()), date, false));
    }

    /** Microseconds of {@code like}'s type as milliseconds of the same, the rest cut off toward the past. */
    RexNode toMillis(RelDataType like, RexNode micros) {
        return millis(like, call(MicrosecondOperators.FLOOR_DIV, micros, count(MICROS_OF_MILLI)));
    }

    /** A count of milliseconds as a value of {@code like}'s type with three digits. */
    RexNode millis(RelDataType like, RexNode count) {
        RelDataType type = millisType(like);
        return type.getSqlTypeName() == SqlTypeName.TIME
                ? as(type, builder.makeCast(nullable(TYPES.createSqlType(SqlTypeName.INTEGER), count.getType()), count))
                : as(type, count);
    }

    /** The type with three digits. */
    RelDataType millisType(RelDataType like) {
        return nullable(TYPES.createSqlType(like.getSqlTypeName(), MILLISECOND_DIGITS), like);
    }

    private static RelDataType bigint(RexNode node) {
        return nullable(TYPES.createSqlType(SqlTypeName.BIGINT), node.getType());
    }

    static UnsupportedOperationException refuse(RexCall call) {
        return new UnsupportedOperationException(call.getOperator().getName()
                + " is not there for times of more than milliseconds: CAST them, for example to TIMESTAMP(3), first");
    }
}
