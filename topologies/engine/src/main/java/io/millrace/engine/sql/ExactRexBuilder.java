package io.millrace.engine.sql;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;

/**
 * Builds CASTs that Calcite's simplifier leaves as they are where leaving one out would give another value. A literal that is cast to a
 * REAL or DOUBLE is rounded to one.
 */
final class ExactRexBuilder extends RexBuilder {

    /**
     * A CAST to a text that is another text than its operand, or of something that is none. The simplifier takes a text to hold
     * the number that it was made of, and would read {@code CAST(CAST(n AS VARCHAR) AS TIMESTAMP)} as {@code CAST(n AS
     * TIMESTAMP)}, and a VARCHAR to be shorter than a VARCHAR(3). It does not know this operator.
     */
    static final SqlOperator TEXT = new SqlFunction(
            "TEXT",
            SqlKind.OTHER_FUNCTION,
            ReturnTypes.VARCHAR_NULLABLE,
            InferTypes.RETURN_TYPE,
            OperandTypes.ANY,
            SqlFunctionCategory.SYSTEM);

    ExactRexBuilder(RelDataTypeFactory types) {
        super(types);
    }

    @Override
    public RexNode makeCast(
            SqlParserPos position,
            RelDataType type,
            RexNode operand,
            boolean matchNullability,
            boolean isSafe,
            RexLiteral format) {
        if (!(operand instanceof RexLiteral literal)
                || literal.isNull()
                || !SqlTypeUtil.isApproximateNumeric(type)
                || !SqlTypeUtil.isNumeric(literal.getType())
                || !(literal.getValueAs(Comparable.class) instanceof Number number)) {
            return super.makeCast(position, type, operand, matchNullability, isSafe, format);
        }
        double nearest = type.getSqlTypeName() == SqlTypeName.REAL ? number.floatValue() : number.doubleValue();
        return isLiteral(nearest)
                ? super.makeCast(
                        position,
                        type,
                        makeApproxLiteral(Double.valueOf(nearest), type),
                        matchNullability,
                        isSafe,
                        format)
                : makeAbstractCast(position, type, operand, isSafe, format);
    }

    /** Whether Calcite takes a literal of the number for what it is: NaN is none to it, and it tells -0.0 from 0.0. */
    static boolean isLiteral(double number) {
        return Double.isFinite(number) && Double.compare(number, -0.0) != 0;
    }

    @Override
    public RexNode makeAbstractCast(SqlParserPos position, RelDataType type, RexNode operand, boolean isSafe) {
        return isAnotherText(operand.getType(), type)
                ? makeCall(position, type, TEXT, List.of(operand))
                : super.makeAbstractCast(position, type, operand, isSafe);
    }

    @Override
    public RexNode makeAbstractCast(
            SqlParserPos position, RelDataType type, RexNode operand, boolean isSafe, RexLiteral format) {
        return format.isNull()
                ? makeAbstractCast(position, type, operand, isSafe)
                : super.makeAbstractCast(position, type, operand, isSafe, format);
    }

    private static boolean isAnotherText(RelDataType from, RelDataType to) {
        if (!SqlTypeUtil.isCharacter(to)) {
            return false;
        }
        return SqlTypeUtil.isNumeric(from)
                || (SqlTypeUtil.isCharacter(from)
                        && SqlTypeUtil.comparePrecision(from.getPrecision(), to.getPrecision()) > 0);
    }
}
