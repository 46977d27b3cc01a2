package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLambda;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.FunctionSqlType;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.sql.validate.SqlLambdaScope;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/**
 * {@code "EXISTS"(array, (x, c) -> x > c, column)}, which {@link LambdaCaptures} makes of {@code "EXISTS"(array, x -> x > column)}. The
 * lambda is given an element and the values of the operands behind it, so that all that it names is its own; its code has them in their
 * place again.
 */
final class ExistsWithCaptures extends SqlFunction {

    static final ExistsWithCaptures INSTANCE = new ExistsWithCaptures();

    /** The operands before those that are captured: the array and the lambda. */
    static final int OWN_OPERANDS = 2;

    private ExistsWithCaptures() {
        super(
                SqlLibraryOperators.EXISTS.getName(),
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BOOLEAN_NULLABLE,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.from(OWN_OPERANDS + 1);
    }

    /** By no name in a table of operators: no query calls it by one. */
    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        for (SqlNode operand : call.getOperandList()) {
            if (operand instanceof SqlLambda lambda) {
                validator.setValidatedNodeType(lambda, validator.deriveType(validator.getLambdaScope(lambda), lambda));
            } else {
                validator.deriveType(scope, operand);
            }
        }
        return validateOperands(validator, scope, call);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        SqlLambda lambda = (SqlLambda) binding.operand(1);
        if (binding.getOperandType(0).getSqlTypeName() == SqlTypeName.ANY) {
            // The parameter of a lambda around it, of which the type is not known yet.
            return true;
        }
        RelDataType element = binding.getOperandType(0).getComponentType();
        if (element == null) {
            throw binding.newValidationSignatureError();
        }
        List<RelDataType> types = new ArrayList<>();
        types.add(element);
        for (int i = OWN_OPERANDS; i < binding.getOperandCount(); i++) {
            types.add(binding.getOperandType(i));
        }
        SqlValidator validator = binding.getValidator();
        SqlLambdaScope scope = (SqlLambdaScope) validator.getLambdaScope(lambda);
        for (int i = 0; i < types.size(); i++) {
            scope.getParameterTypes().put(lambda.getParameters().get(i).toString(), types.get(i));
        }
        lambda.accept(new TypeRemover(validator));
        validator.validateLambda(lambda);
        RelDataType result = ((FunctionSqlType) validator.getValidatedNodeType(lambda)).getReturnType();
        if (!SqlTypeUtil.inBooleanFamily(result) && result.getSqlTypeName() != SqlTypeName.ANY) {
            throw binding.newValidationSignatureError();
        }
        return true;
    }

    @Override
    public String getAllowedSignatures(String name) {
        return "EXISTS(<ARRAY>, <FUNCTION(ARRAY_ELEMENT_TYPE)->BOOLEAN>)";
    }

    /** Forgets the types that were found while those of the parameters were not known. */
    private static final class TypeRemover extends SqlBasicVisitor<@Nullable Void> {

        private final SqlValidator validator;

        TypeRemover(SqlValidator validator) {
            this.validator = validator;
        }

        @Override
        public @Nullable Void visit(SqlIdentifier identifier) {
            validator.removeValidatedNodeType(identifier);
            return super.visit(identifier);
        }

        @Override
        public @Nullable Void visit(SqlCall call) {
            validator.removeValidatedNodeType(call);
            return super.visit(call);
        }
    }
}
