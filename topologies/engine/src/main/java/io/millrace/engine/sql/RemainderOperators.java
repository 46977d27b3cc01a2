package io.millrace.engine.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql2rel.SqlRexConvertlet;

/**
 * MOD and {@code %} of floating-point numbers, too: the remainder of two REALs is a REAL, and that of a DOUBLE and any number a DOUBLE.
 * Calcite makes DECIMALs of them, which do not hold their largest and smallest ones.
 */
final class RemainderOperators {

    private static final SqlReturnTypeInference TYPE = binding -> {
        RelDataTypeFactory types = binding.getTypeFactory();
        RelDataType left = binding.getOperandType(0);
        RelDataType right = binding.getOperandType(1);
        if (!SqlTypeUtil.isApproximateNumeric(left) && !SqlTypeUtil.isApproximateNumeric(right)) {
            return ReturnTypes.NULLABLE_MOD.inferReturnType(binding);
        }
        boolean areReals = left.getSqlTypeName() == SqlTypeName.REAL && right.getSqlTypeName() == SqlTypeName.REAL;
        return types.createTypeWithNullability(
                types.createSqlType(areReals ? SqlTypeName.REAL : SqlTypeName.DOUBLE),
                left.isNullable() || right.isNullable());
    };

    /** A text becomes an exact number, as it does for Calcite's. */
    private static final SqlOperandTypeChecker OPERANDS =
            OperandTypes.EXACT_NUMERIC_EXACT_NUMERIC.or(OperandTypes.NUMERIC_NUMERIC);

    /** That of a product. */
    private static final int PRECEDENCE = 60;

    private static final SqlOperator PERCENT = new SqlBinaryOperator(
            SqlStdOperatorTable.PERCENT_REMAINDER.getName(), SqlKind.MOD, PRECEDENCE, true, TYPE, null, OPERANDS);

    /** Makes a call of MOD of either. */
    static final SqlRexConvertlet CONVERTLET = (context, call) -> context.getRexBuilder()
            .makeCall(
                    call.getParserPosition(),
                    context.getValidator().getValidatedNodeType(call),
                    SqlStdOperatorTable.MOD,
                    call.getOperandList().stream()
                            .map(context::convertExpression)
                            .toList());

    private RemainderOperators() {}

    /** The operator with its types put right, if it is one of these. */
    static SqlOperator of(SqlOperator operator) {
        if (operator.equals(SqlStdOperatorTable.PERCENT_REMAINDER)) {
            return PERCENT;
        }
        return operator.equals(SqlStdOperatorTable.MOD)
                ? ((SqlBasicFunction) operator).withReturnTypeInference(TYPE).withOperandTypeChecker(OPERANDS)
                : operator;
    }
}
