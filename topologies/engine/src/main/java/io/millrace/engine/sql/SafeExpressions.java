package io.millrace.engine.sql;

import io.millrace.engine.function.UserFunction;
import io.millrace.engine.sql.runtime.BoundedCalls;
import io.millrace.engine.sql.runtime.ExactCalls;
import io.millrace.engine.sql.runtime.LikePattern;
import io.millrace.engine.sql.runtime.Membership;
import io.millrace.engine.sql.runtime.RegexCalls;
import io.millrace.engine.sql.runtime.TextComparisons;
import io.millrace.engine.sql.runtime.TimeCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.adapter.enumerable.NullPolicy;
import org.apache.calcite.linq4j.tree.Expression;
import org.apache.calcite.linq4j.tree.Expressions;
import org.apache.calcite.linq4j.tree.Primitive;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLambda;
import org.apache.calcite.rex.RexLambdaRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes expressions safe to run on anybody's rows: arithmetic that would wrap around becomes an error, regular expressions get a
 * budget, and results a size. Done last, so that no rule of the planner meets these operators.
 */
final class SafeExpressions extends RexShuttle {

    private record Target(Class<?> owner, String method) {}

    private static final Map<SqlOperator, Target> REPLACED = replaced();

    private static Map<SqlOperator, Target> replaced() {
        Map<SqlOperator, Target> map = new HashMap<>();
        map.put(SqlStdOperatorTable.LIKE, new Target(LikePattern.class, "like"));
        map.put(SqlLibraryOperators.ILIKE, new Target(LikePattern.class, "ilike"));
        map.put(SqlStdOperatorTable.SIMILAR_TO, new Target(RegexCalls.class, "similar"));
        for (SqlOperator found : List.of(
                SqlLibraryOperators.RLIKE,
                SqlLibraryOperators.REGEXP,
                SqlLibraryOperators.REGEXP_LIKE,
                SqlLibraryOperators.REGEXP_CONTAINS,
                SqlStdOperatorTable.POSIX_REGEX_CASE_SENSITIVE)) {
            map.put(found, new Target(RegexCalls.class, "found"));
        }
        map.put(SqlStdOperatorTable.POSIX_REGEX_CASE_INSENSITIVE, new Target(RegexCalls.class, "foundInAnyCase"));
        map.put(SqlLibraryOperators.REGEXP_EXTRACT, new Target(RegexCalls.class, "extract"));
        map.put(SqlLibraryOperators.REGEXP_EXTRACT_ALL, new Target(RegexCalls.class, "extractAll"));
        map.put(SqlLibraryOperators.REGEXP_INSTR, new Target(RegexCalls.class, "position"));
        for (SqlOperator replace : List.of(
                SqlLibraryOperators.REGEXP_REPLACE_2,
                SqlLibraryOperators.REGEXP_REPLACE_3,
                SqlLibraryOperators.REGEXP_REPLACE_4,
                SqlLibraryOperators.REGEXP_REPLACE_5,
                SqlLibraryOperators.REGEXP_REPLACE_6)) {
            map.put(replace, new Target(RegexCalls.class, "replace"));
        }
        map.put(SqlLibraryOperators.REPEAT, new Target(BoundedCalls.class, "repeat"));
        map.put(SqlLibraryOperators.SPACE, new Target(BoundedCalls.class, "space"));
        map.put(SqlStdOperatorTable.REPLACE, new Target(BoundedCalls.class, "replace"));
        map.put(SqlLibraryOperators.PARSE_DATE, new Target(TimeCalls.class, "parseDate"));
        map.put(SqlLibraryOperators.PARSE_TIME, new Target(TimeCalls.class, "parseTime"));
        map.put(SqlLibraryOperators.PARSE_DATETIME, new Target(TimeCalls.class, "parseTimestamp"));
        map.put(SqlLibraryOperators.PARSE_TIMESTAMP, new Target(TimeCalls.class, "parseTimestamp"));
        map.put(SqlLibraryOperators.TIMESTAMP_SECONDS, new Target(ExactCalls.class, "timestampSeconds"));
        map.put(SqlLibraryOperators.STRCMP, new Target(TextComparisons.class, "sign"));
        return Map.copyOf(map);
    }

    private static final Map<SqlKind, SqlOperator> CHECKED = Map.of(
            SqlKind.PLUS, SqlStdOperatorTable.CHECKED_PLUS,
            SqlKind.MINUS, SqlStdOperatorTable.CHECKED_MINUS,
            SqlKind.TIMES, SqlStdOperatorTable.CHECKED_MULTIPLY,
            SqlKind.DIVIDE, SqlStdOperatorTable.CHECKED_DIVIDE,
            SqlKind.MINUS_PREFIX, SqlStdOperatorTable.CHECKED_UNARY_MINUS);

    /** Functions of one operand whose result is longer than that. */
    private static final Set<String> GROWING = Set.of(
            "TO_HEX",
            "HEX",
            "TO_BASE64",
            "TO_BASE32",
            "URL_ENCODE",
            "JSON_PRETTY",
            "JSON_QUOTE",
            "TO_CODE_POINTS",
            "CODE_POINTS_TO_STRING",
            "JSON_KEYS");

    private final RexBuilder rexBuilder;
    private final Constants constants;
    private final OperandGuards guards;
    private final SafeCasts casts;
    private final SafeComparisons comparisons;
    private final SafeTimes times;
    private final TextFunctions texts;
    private final JsonFunctionCalls json;
    private final ArrayFunctions arrays;
    private int lambdas;

    /** @param constants takes what the code of the expressions will ask for */
    SafeExpressions(RexBuilder rexBuilder, Constants constants) {
        this.rexBuilder = rexBuilder;
        this.constants = constants;
        this.guards = new OperandGuards(rexBuilder);
        this.casts = new SafeCasts(rexBuilder);
        this.comparisons = new SafeComparisons(rexBuilder);
        this.times = new SafeTimes(rexBuilder);
        this.texts = new TextFunctions(rexBuilder);
        this.json = new JsonFunctionCalls(rexBuilder);
        this.arrays = new ArrayFunctions(rexBuilder);
    }

    @Override
    public RexNode visitCall(RexCall call) {
        if (call.getOperands().size() > 1 && call.getOperands().get(1) instanceof RexLambda lambda) {
            return withOwnNames(call, lambda);
        }
        if (call.getKind() == SqlKind.SEARCH) {
            Membership membership = LongIn.ofSearch(call);
            if (membership != null) {
                return lookup(call.getType(), call.getOperands().get(0).accept(this), membership);
            }
        }
        if (SafeComparisons.isOwnSearch(call)) {
            return RexUtil.expandSearch(rexBuilder, null, call).accept(this);
        }
        if (call.getKind() == SqlKind.OR || call.getKind() == SqlKind.AND) {
            return withLookups(call);
        }
        RexCall visited = guards.guarded((RexCall) super.visitCall(call));
        RexNode own = own(visited);
        if (own != null) {
            return own;
        }
        if (visited.getOperator() instanceof UserFunctionOperator operator) {
            return userCall(visited, operator.userFunction());
        }
        RexNode ofText = texts.replaced(visited);
        if (ofText != null) {
            return ofText;
        }
        RexNode ofJson = json.replaced(visited);
        if (ofJson != null) {
            return ofJson;
        }
        RexNode ofArray = arrays.replaced(visited);
        if (ofArray != null) {
            return ofArray;
        }
        RexNode checked = checked(visited);
        if (checked != null) {
            return checked;
        }
        Target target = REPLACED.get(visited.getOperator());
        if (target != null) {
            return java(visited.getType(), target.owner(), target.method(), visited.getOperands());
        }
        RexNode exact = exact(visited);
        return exact == null ? bounded(visited) : exact;
    }

    /** The call by the class that knows all calls of its kind. */
    private @Nullable RexNode own(RexCall call) {
        if (call.getOperator().equals(ExactRexBuilder.TEXT)) {
            return casts.text(call);
        }
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            return casts.cast(call);
        }
        RexNode comparison = comparisons.comparison(call);
        return comparison == null ? times.time(call) : comparison;
    }

    /**
     * A call with a lambda of which the parameter has a name of our own, since it becomes a name in the code, and a number by which
     * those of lambdas within each other differ; what {@link ExistsWithCaptures} gives it is in its place again.
     */
    private RexNode withOwnNames(RexCall call, RexLambda lambda) {
        int own = ExistsWithCaptures.OWN_OPERANDS;
        if (call.getOperands().stream().skip(own).anyMatch(SafeExpressions::isOfLambda)) {
            throw new UnsupportedOperationException("A lambda within another cannot name the parameter of that one:"
                    + " UNNEST the array, and compare its elements in a step before");
        }
        RelDataType elementType = lambda.getParameters().get(0).getType();
        RexLambdaRef element = new RexLambdaRef(lambdas, "element" + lambdas, elementType);
        lambdas++;
        RexNode body = lambda.getExpression().accept(new RexShuttle() {
            @Override
            public RexNode visitLambdaRef(RexLambdaRef parameter) {
                return parameter.getIndex() == 0 ? element : call.getOperands().get(own + parameter.getIndex() - 1);
            }

            /** All that it names is its own. */
            @Override
            public RexNode visitLambda(RexLambda inner) {
                return inner;
            }
        });
        SqlOperator operator = call.getOperator().equals(ExistsWithCaptures.INSTANCE)
                ? SqlLibraryOperators.EXISTS
                : call.getOperator();
        return rexBuilder.makeCall(
                call.getType(),
                operator,
                List.of(
                        call.getOperands().get(0).accept(this),
                        rexBuilder.makeLambdaCall(body.accept(this), List.of(element))));
    }

    /** Whether an expression has the parameter of a lambda in it. */
    private static boolean isOfLambda(RexNode expression) {
        boolean[] found = {false};
        expression.accept(new RexShuttle() {
            @Override
            public RexNode visitLambdaRef(RexLambdaRef parameter) {
                found[0] = true;
                return parameter;
            }
        });
        return found[0];
    }

    private RexNode java(RelDataType type, Class<?> owner, String method, List<? extends RexNode> operands) {
        return JavaCall.of(rexBuilder, type, owner, method, operands);
    }

    /** The call with the many comparisons of one value among its operands made a lookup. */
    private RexNode withLookups(RexCall call) {
        boolean isIn = call.getKind() == SqlKind.OR;
        SqlKind comparison = isIn ? SqlKind.EQUALS : SqlKind.NOT_EQUALS;
        Map<RexNode, Set<Object>> many = LongIn.ofComparisons(call.getOperands(), comparison);
        if (many.isEmpty()) {
            return super.visitCall(call);
        }
        List<RexNode> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (!LongIn.isAmong(operand, comparison, many)) {
                operands.add(operand.accept(this));
            }
        }
        many.forEach((value, values) -> operands.add(lookup(
                rexBuilder
                        .getTypeFactory()
                        .createTypeWithNullability(
                                rexBuilder.getTypeFactory().createSqlType(SqlTypeName.BOOLEAN),
                                value.getType().isNullable()),
                value.accept(this),
                new Membership(values, isIn))));
        return operands.size() == 1 ? operands.get(0) : call.clone(call.getType(), operands);
    }

    private RexNode lookup(RelDataType type, RexNode value, Membership membership) {
        String name = constants.add(membership);
        return JavaCall.of(
                rexBuilder,
                type,
                name,
                NullPolicy.STRICT,
                (translator, call, arguments) -> Expressions.call(
                        Constants.get(translator.getRoot(), name, Membership.class),
                        "test",
                        Expressions.convert_(Expressions.box(arguments.get(0)), Object.class)),
                List.of(value));
    }

    private RexNode userCall(RexCall call, UserFunction function) {
        String name = constants.add(function);
        return JavaCall.of(
                rexBuilder,
                call.getType(),
                name,
                NullPolicy.NONE,
                (translator, translated, arguments) -> {
                    Class<?> type = (Class<?>) SqlDialect.types().getJavaClass(translated.getType());
                    Expression result = Expressions.convert_(
                            Expressions.call(
                                    Constants.get(translator.getRoot(), name, UserFunction.class),
                                    "call",
                                    Expressions.newArrayInit(
                                            Object.class,
                                            arguments.stream()
                                                    .map(Expressions::box)
                                                    .toList())),
                            Primitive.box(type));
                    return type.isPrimitive() ? Expressions.unbox(result) : result;
                },
                call.getOperands());
    }

    private @Nullable RexNode checked(RexCall call) {
        SqlOperator operator = CHECKED.get(call.getKind());
        if (operator == null) {
            return null;
        }
        RelDataType type = call.getType();
        if (type.getSqlTypeName() == SqlTypeName.DECIMAL) {
            // A cast between decimals is checked, and nothing of it is left where both types are the same but this way.
            return rexBuilder.makeAbstractCast(type, call, false);
        }
        if (call.getKind() == SqlKind.DIVIDE && SqlTypeUtil.isApproximateNumeric(type)) {
            return ofDoubles(call, "divide");
        }
        boolean isInterval = SqlTypeUtil.isInterval(type)
                && call.getOperands().stream().anyMatch(operand -> SqlTypeUtil.isInterval(operand.getType()));
        if (!isInterval && !SqlTypeName.INT_TYPES.contains(type.getSqlTypeName())) {
            return null;
        }
        return rexBuilder.makeCall(type, operator, call.getOperands());
    }

    private RexNode ofDoubles(RexCall call, String method) {
        RelDataType wide = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.DOUBLE),
                        call.getType().isNullable());
        return rexBuilder.makeCast(call.getType(), java(wide, ExactCalls.class, method, doubles(call.getOperands())));
    }

    /** A call of numbers that Calcite's code is not exact in, or that would wrap around; null when it is none of them. */
    private @Nullable RexNode exact(RexCall call) {
        List<RexNode> operands = call.getOperands();
        return switch (call.getOperator().getName()) {
            case "ABS" ->
                SqlTypeName.INT_TYPES.contains(operands.get(0).getType().getSqlTypeName())
                        ? java(call.getType(), ExactCalls.class, "abs", operands)
                        : null;
            case "LOG", "LOG10" -> operands.size() == 1 ? logarithm(call) : null;
            case "POWER", "POW" -> java(call.getType(), ExactCalls.class, "power", doubles(operands));
            case "SQRT" -> java(call.getType(), ExactCalls.class, "squareRoot", doubles(operands));
            case "MOD" -> SqlTypeUtil.isApproximateNumeric(call.getType()) ? ofDoubles(call, "remainder") : null;
            case "<<", "LEFTSHIFT" -> shift(call);
            case "ROUND", "TRUNCATE", "TRUNC" -> new SafeRounding(rexBuilder).rounded(call);
            default -> null;
        };
    }

    /** A shift by a BIGINT; Calcite's is by an INTEGER, or of an INTEGER gives a BIGINT that is none. */
    private @Nullable RexNode shift(RexCall call) {
        RexNode value = call.getOperands().get(0);
        RexNode by = call.getOperands().get(1);
        if (by.getType().getSqlTypeName() != SqlTypeName.BIGINT) {
            return null;
        }
        if (SqlTypeUtil.isBinary(value.getType())) {
            return java(call.getType(), ExactCalls.class, "leftShift", call.getOperands());
        }
        RelDataType integer = rexBuilder
                .getTypeFactory()
                .createTypeWithNullability(
                        rexBuilder.getTypeFactory().createSqlType(SqlTypeName.INTEGER),
                        by.getType().isNullable());
        return call.clone(call.getType(), List.of(value, java(integer, ExactCalls.class, "shift", List.of(by))));
    }

    /** Calcite's is a quotient of logarithms, and of 1000 not quite 3. */
    private RexNode logarithm(RexCall call) {
        return java(call.getType(), ExactCalls.class, "log10", doubles(call.getOperands()));
    }

    private List<RexNode> doubles(List<RexNode> operands) {
        return operands.stream().map(casts::asDouble).toList();
    }

    /** The call, with its result held to a size where it can be larger than its operands are. */
    private RexNode bounded(RexCall call) {
        if (call.getKind() == SqlKind.CAST
                || call.getKind() == SqlKind.CASE
                || call.getKind() == SqlKind.ITEM
                || (call.getOperands().size() < 2
                        && !GROWING.contains(call.getOperator().getName()))) {
            return call;
        }
        String guard = switch (call.getType().getSqlTypeName()) {
            case CHAR, VARCHAR -> "text";
            case BINARY, VARBINARY -> "bytes";
            case ARRAY -> "array";
            case MAP -> "map";
            default -> null;
        };
        return guard == null ? call : java(call.getType(), BoundedCalls.class, guard, List.of(call));
    }
}
