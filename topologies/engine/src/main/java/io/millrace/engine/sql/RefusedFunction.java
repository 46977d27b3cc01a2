package io.millrace.engine.sql;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Stands under a function's name and says, at its place in the query, why it cannot be used. */
final class RefusedFunction extends SqlFunction {

    private final SqlSyntax syntax;
    private final String reason;

    RefusedFunction(SqlOperator original, String reason) {
        this(original.getName(), original.getSyntax(), reason);
    }

    RefusedFunction(String name, SqlSyntax syntax, String reason) {
        super(
                name,
                SqlKind.OTHER_FUNCTION,
                ReturnTypes.BOOLEAN,
                null,
                OperandTypes.VARIADIC,
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.syntax = syntax;
        this.reason = reason;
    }

    @Override
    public SqlSyntax getSyntax() {
        return syntax;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        throw refusal(call);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        throw refusal(binding.getCall());
    }

    private CalciteContextException refusal(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        return new CalciteContextException(
                "refused",
                new UnsupportedOperationException(getName() + " " + reason),
                position.getLineNum(),
                position.getColumnNum(),
                position.getEndLineNum(),
                position.getEndColumnNum());
    }
}
