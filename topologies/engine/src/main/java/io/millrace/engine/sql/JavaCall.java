package io.millrace.engine.sql;

import java.util.List;
import org.apache.calcite.adapter.enumerable.CallImplementor;
import org.apache.calcite.adapter.enumerable.EnumUtils;
import org.apache.calcite.adapter.enumerable.NotNullImplementor;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.adapter.enumerable.RexImpTable;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.schema.FunctionParameter;
import org.apache.calcite.schema.ImplementableFunction;
import org.apache.calcite.schema.ScalarFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.validate.SqlUserDefinedFunction;
import org.apache.calcite.util.BuiltInMethod;

/**
 * An operator that exists only between the planned expression and its code, where it is a call of Java. Null in any operand
 * gives null, unless the policy says otherwise.
 */
final class JavaCall extends SqlUserDefinedFunction {

    private JavaCall(String name, RelDataType type, CallImplementor implementor) {
        super(
                new SqlIdentifier(name, SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                binding -> type,
                InferTypes.RETURN_TYPE,
                null,
                new Implementation(type, implementor));
    }

    /** A call of the static method whose parameters fit the operands. */
    static RexNode of(
            RexBuilder rexBuilder, RelDataType type, Class<?> owner, String method, List<? extends RexNode> operands) {
        if (operands.stream().anyMatch(operand -> RexUtil.isNullLiteral(operand, true))) {
            // It may be of no type, with which no method would be found.
            return rexBuilder.makeNullLiteral(type);
        }
        return of(
                rexBuilder,
                type,
                owner.getSimpleName() + "." + method,
                NullPolicy.SEMI_STRICT,
                (translator, call, arguments) -> Expressions.call(owner, method, arguments),
                operands);
    }

    /** The same as {@link #of}, but null where the method throws. */
    static RexNode orNull(
            RexBuilder rexBuilder, RelDataType type, Class<?> owner, String method, List<? extends RexNode> operands) {
        return of(
                rexBuilder,
                type,
                owner.getSimpleName() + "." + method + ".orNull",
                NullPolicy.SEMI_STRICT,
                (translator, call, arguments) -> EnumUtils.convert(
                        Expressions.call(
                                Expressions.lambda(Expressions.block(Expressions.tryCatch(
                                        Expressions.return_(null, Expressions.call(owner, method, arguments)),
                                        Expressions.catch_(
                                                Expressions.parameter(RuntimeException.class, "failure"),
                                                Expressions.return_(null, Expressions.constant(null)))))),
                                BuiltInMethod.FUNCTION0_APPLY.method),
                        SqlDialect.types().getJavaClass(SqlDialect.types().createTypeWithNullability(type, true))),
                operands);
    }

    /** A call of what {@code code} makes of the operands; {@code name} tells such calls apart. */
    static RexNode of(
            RexBuilder rexBuilder,
            RelDataType type,
            String name,
            NullPolicy policy,
            NotNullImplementor code,
            List<? extends RexNode> operands) {
        return rexBuilder.makeCall(
                type,
                new JavaCall(name, type, RexImpTable.createImplementor(code, policy, false)),
                List.copyOf(operands));
    }

    private record Implementation(RelDataType type, CallImplementor implementor)
            implements ScalarFunction, ImplementableFunction {

        @Override
        public RelDataType getReturnType(RelDataTypeFactory typeFactory) {
            return type;
        }

        @Override
        public List<FunctionParameter> getParameters() {
            return List.of();
        }

        @Override
        public CallImplementor getImplementor() {
            return implementor;
        }
    }
}
