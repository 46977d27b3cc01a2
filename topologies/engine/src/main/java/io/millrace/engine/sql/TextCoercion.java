package io.millrace.engine.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.implicit.TypeCoercionImpl;

/** Calcite's conversions of operands, and one more: a CHAR, as every literal is, is compared with the elements of a VARCHAR ARRAY. */
final class TextCoercion extends TypeCoercionImpl {

    TextCoercion(RelDataTypeFactory types, SqlValidator validator) {
        super(types, validator);
    }

    @Override
    public boolean quantifyOperationCoercion(SqlCallBinding binding) {
        RelDataType left = binding.getOperandType(0);
        RelDataType element = binding.getOperandType(1).getComponentType();
        if (element == null
                || left.getSqlTypeName() != SqlTypeName.CHAR
                || element.getSqlTypeName() != SqlTypeName.VARCHAR) {
            return super.quantifyOperationCoercion(binding);
        }
        SqlCall call = binding.getCall();
        RelDataType varchar =
                factory.createTypeWithNullability(factory.createSqlType(SqlTypeName.VARCHAR), left.isNullable());
        SqlNode cast = SqlStdOperatorTable.CAST.createCall(
                SqlParserPos.ZERO, call.operand(0), SqlTypeUtil.convertTypeToSpec(varchar));
        call.setOperand(0, cast);
        validator.deriveType(binding.getScope(), cast);
        return true;
    }
}
