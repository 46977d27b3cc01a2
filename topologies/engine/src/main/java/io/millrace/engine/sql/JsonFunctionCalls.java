package io.millrace.engine.sql;

import io.millrace.engine.sql.runtime.JsonCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlJsonEmptyOrError;
import org.apache.calcite.sql.SqlJsonExistsErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryEmptyOrErrorBehavior;
import org.apache.calcite.sql.SqlJsonQueryWrapperBehavior;
import org.apache.calcite.sql.SqlJsonValueEmptyOrErrorBehavior;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes JSON_VALUE, JSON_QUERY and JSON_EXISTS calls of {@link JsonCalls}, with their clauses as constants. */
final class JsonFunctionCalls {

    private final RexBuilder rexBuilder;

    JsonFunctionCalls(RexBuilder rexBuilder) {
        this.rexBuilder = rexBuilder;
    }

    /**
     * The call by which a call is replaced; null when it is none of these, over a text.
     *
     * @throws UnsupportedOperationException when JSON_VALUE is to return what JSON has no values of
     */
    @Nullable
    RexNode replaced(RexCall call) {
        List<RexNode> operands = call.getOperands();
        if (operands.size() < 2 || !SqlTypeUtil.isCharacter(operands.get(0).getType())) {
            return null;
        }
        return switch (call.getOperator().getName()) {
            case "JSON_VALUE" -> value(call);
            case "JSON_QUERY" -> SqlTypeUtil.inCharFamily(call.getType()) ? query(call) : null;
            case "JSON_EXISTS" -> exists(call);
            default -> null;
        };
    }

    private RexNode value(RexCall call) {
        RelDataType type = call.getType();
        SqlTypeName name = type.getSqlTypeName();
        if (!SqlTypeUtil.inCharFamily(type) && !SqlTypeUtil.isNumeric(type) && name != SqlTypeName.BOOLEAN) {
            throw new UnsupportedOperationException(
                    "JSON_VALUE returns a text, a number or a BOOLEAN: CAST(JSON_VALUE(…) AS " + name + ")");
        }
        List<RexNode> operands = call.getOperands();
        Clause onEmpty = clause(operands, SqlJsonEmptyOrError.EMPTY, type);
        Clause onError = clause(operands, SqlJsonEmptyOrError.ERROR, type);
        return java(
                call, "value", List.of(operands.get(0), operands.get(1), onEmpty.value(), onError.value()), given -> {
                    List<Expression> arguments = new ArrayList<>(given.subList(0, 2));
                    arguments.add(Expressions.constant(name));
                    arguments.add(Expressions.constant(type.getPrecision()));
                    arguments.add(Expressions.constant(Math.max(0, type.getScale())));
                    arguments.add(Expressions.constant(onEmpty.behaviour()));
                    arguments.add(Expressions.box(given.get(2)));
                    arguments.add(Expressions.constant(onError.behaviour()));
                    arguments.add(Expressions.box(given.get(3)));
                    return arguments;
                });
    }

    /** What JSON_VALUE gives, ON EMPTY or ON ERROR; {@code value} is its DEFAULT. */
    private record Clause(SqlJsonValueEmptyOrErrorBehavior behaviour, RexNode value) {}

    private Clause clause(List<RexNode> operands, SqlJsonEmptyOrError on, RelDataType type) {
        RelDataType nullable = rexBuilder.getTypeFactory().createTypeWithNullability(type, true);
        RexNode none = rexBuilder.makeNullLiteral(nullable);
        for (int i = 3; i < operands.size(); i++) {
            if (symbol(operands.get(i), SqlJsonEmptyOrError.class) != on) {
                continue;
            }
            SqlJsonValueEmptyOrErrorBehavior behaviour =
                    symbol(operands.get(i - 1), SqlJsonValueEmptyOrErrorBehavior.class);
            return behaviour != null
                    ? new Clause(behaviour, none)
                    : new Clause(
                            SqlJsonValueEmptyOrErrorBehavior.DEFAULT,
                            rexBuilder.makeCall(nullable, SqlStdOperatorTable.CAST, List.of(operands.get(i - 1))));
        }
        return new Clause(SqlJsonValueEmptyOrErrorBehavior.NULL, none);
    }

    private RexNode query(RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlJsonQueryWrapperBehavior wrapper = symbol(operands.get(2), SqlJsonQueryWrapperBehavior.class);
        SqlJsonQueryEmptyOrErrorBehavior onEmpty = symbol(operands.get(3), SqlJsonQueryEmptyOrErrorBehavior.class);
        SqlJsonQueryEmptyOrErrorBehavior onError = symbol(operands.get(4), SqlJsonQueryEmptyOrErrorBehavior.class);
        return java(call, "query", operands.subList(0, 2), given -> {
            List<Expression> arguments = new ArrayList<>(given);
            arguments.add(Expressions.constant(Objects.requireNonNull(wrapper)));
            arguments.add(Expressions.constant(Objects.requireNonNull(onEmpty)));
            arguments.add(Expressions.constant(Objects.requireNonNull(onError)));
            return arguments;
        });
    }

    private RexNode exists(RexCall call) {
        List<RexNode> operands = call.getOperands();
        SqlJsonExistsErrorBehavior given =
                operands.size() < 3 ? null : symbol(operands.get(2), SqlJsonExistsErrorBehavior.class);
        SqlJsonExistsErrorBehavior onError = given == null ? SqlJsonExistsErrorBehavior.FALSE : given;
        return java(
                call,
                "exists",
                operands.subList(0, 2),
                arguments -> List.of(arguments.get(0), arguments.get(1), Expressions.constant(onError)));
    }

    private static <E extends Enum<E>> @Nullable E symbol(RexNode operand, Class<E> of) {
        return operand instanceof RexLiteral literal
                        && literal.getTypeName() == SqlTypeName.SYMBOL
                        && of.isInstance(literal.getValue())
                ? literal.getValueAs(of)
                : null;
    }

    /** The arguments of the method, of those of the call. */
    private interface Arguments {
        List<Expression> of(List<Expression> given);
    }

    private RexNode java(RexCall call, String method, List<RexNode> operands, Arguments arguments) {
        return JavaCall.of(
                rexBuilder,
                call.getType(),
                // Calls that differ in their clauses alone are not equal.
                call.toString(),
                NullPolicy.NONE,
                (translator, translated, given) -> {
                    Class<?> type = (Class<?>) SqlDialect.types().getJavaClass(translated.getType());
                    Expression result = Expressions.convert_(
                            Expressions.call(JsonCalls.class, method, arguments.of(given)), Primitive.box(type));
                    return type.isPrimitive() ? Expressions.unbox(result) : result;
                },
                operands);
    }
}
