package io.millrace.engine.sql;

import io.millrace.engine.function.UserFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;

/** A user's function in a query: a null for a primitive makes the result null, and arguments are cast to the parameters' types. */
final class UserFunctionOperator extends SqlUserDefinedFunction {

    private final UserFunction called;

    UserFunctionOperator(UserFunction function) {
        this(function, function.parameterTypes(SqlDialect.types()), function.resultType(SqlDialect.types()));
    }

    private UserFunctionOperator(UserFunction function, List<RelDataType> parameters, RelDataType result) {
        super(
                new SqlIdentifier(function.name(), SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                binding -> resultType(parameters, result, binding),
                InferTypes.explicit(parameters),
                OperandTypes.operandMetadata(
                        parameters.stream().map(UserFunctionOperator::family).toList(),
                        types -> parameters,
                        index -> function.parameterNames().get(index),
                        index -> false),
                new Signature(result));
        this.called = function;
    }

    UserFunction userFunction() {
        return called;
    }

    private static SqlTypeFamily family(RelDataType type) {
        SqlTypeFamily family = type.getSqlTypeName().getFamily();
        return family == null ? SqlTypeFamily.ANY : family;
    }

    private static RelDataType resultType(
            List<RelDataType> parameters, RelDataType result, SqlOperatorBinding binding) {
        boolean isNullable = result.isNullable();
        for (int i = 0; i < parameters.size(); i++) {
            isNullable |=
                    !parameters.get(i).isNullable() && binding.getOperandType(i).isNullable();
        }
        return binding.getTypeFactory().createTypeWithNullability(result, isNullable);
    }

    /** What Calcite asks of a user-defined function; calls get their code in {@link SafeExpressions}. */
    private record Signature(RelDataType type) implements ScalarFunction {

        @Override
        public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
            return type;
        }

        @Override
        public List<FunctionParameter> getParameters() {
            return List.of();
        }
    }
}
