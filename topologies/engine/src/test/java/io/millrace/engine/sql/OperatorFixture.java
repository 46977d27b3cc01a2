package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.engine.sql.OperatorExpectations.How;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.StringAndPos;
import org.apache.calcite.sql.test.ResultCheckers;
import org.apache.calcite.sql.test.SqlOperatorFixture;
import org.apache.calcite.sql.test.SqlTestFactory;
import org.apache.calcite.sql.test.SqlTester;
import org.apache.calcite.sql.test.SqlTester.ParameterChecker;
import org.apache.calcite.sql.test.SqlTester.ResultChecker;
import org.apache.calcite.sql.test.SqlTester.TypeChecker;
import org.apache.calcite.sql.test.SqlTests;

/**
 * Holds the engine to what Calcite's tests expect of operators: an expression is planned and run as a step's is, once as written
 * and once with its literals in columns. What does not hold is recorded, and the test goes on.
 *
 * @param libraries whose functions are meant
 * @param isCoercing whether types that do not fit are to be made to
 * @param factory Calcite's own parser and validator, for what a test asks of its dialect
 */
record OperatorFixture(
        OperatorExpectations expectations,
        OperatorRun run,
        Set<SqlLibrary> libraries,
        boolean isCoercing,
        SqlTestFactory factory)
        implements SqlOperatorFixture {

    private static final Set<SqlLibrary> CARRIED = Set.of(
            SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL, SqlLibrary.BIG_QUERY, SqlLibrary.MYSQL, SqlLibrary.SPARK);

    /** Queries that are one expression and no more. */
    private static final Pattern ONE_VALUE =
            Pattern.compile("values ?\\((.*)\\)|select ((?:(?! from ).)*)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    OperatorFixture(OperatorExpectations expectations, OperatorRun run) {
        this(expectations, run, Set.of(SqlLibrary.STANDARD), true, SqlTestFactory.INSTANCE);
    }

    @Override
    public void close() {}

    @Override
    public SqlTestFactory getFactory() {
        return factory;
    }

    @Override
    public OperatorFixture withFactory(UnaryOperator<SqlTestFactory> transform) {
        return new OperatorFixture(expectations, run, libraries, isCoercing, transform.apply(factory));
    }

    @Override
    public SqlTester getTester() {
        throw new UnsupportedOperationException("Calcite's own machinery");
    }

    @Override
    public SqlOperatorFixture withTester(UnaryOperator<SqlTester> transform) {
        throw new UnsupportedOperationException("Calcite's own machinery");
    }

    @Override
    public boolean brokenTestsEnabled() {
        return false;
    }

    @Override
    public SqlOperatorFixture withBrokenTestsEnabled(boolean enabled) {
        return this;
    }

    @Override
    public SqlOperatorFixture setFor(SqlOperator operator, VmName... unimplemented) {
        return this;
    }

    @Override
    public OperatorFixture enableTypeCoercion(boolean enabled) {
        return new OperatorFixture(expectations, run, libraries, enabled, factory);
    }

    @Override
    public OperatorFixture withLibrary(SqlLibrary library) {
        return withLibraries(library);
    }

    @Override
    public OperatorFixture withLibraries(SqlLibrary... chosen) {
        return new OperatorFixture(expectations, run, Set.copyOf(Arrays.asList(chosen)), isCoercing, factory);
    }

    @Override
    public void checkScalar(String expression, TypeChecker type, ResultChecker result) {
        each(true, expression, fed -> run.check(expression, run.result(fed), result));
        if (type != SqlTests.ANY_TYPE_CHECKER) {
            expect(How.TYPE, expression, () -> {
                FedExpression.Result given = run.result(FedExpression.literally(expression));
                type.checkType(() -> expression, given.type());
            });
        }
    }

    @Override
    public void checkScalarExact(String expression, String type, ResultChecker result) {
        checkScalar(expression, new SqlTests.StringTypeChecker(type), result);
    }

    @Override
    public void checkScalarApprox(String expression, String type, Object result) {
        checkScalar(expression, new SqlTests.StringTypeChecker(type), ResultCheckers.createChecker(result));
    }

    @Override
    public void checkBoolean(String expression, Boolean result) {
        if (result == null) {
            checkNull(expression);
        } else {
            checkScalar(expression, SqlTests.BOOLEAN_TYPE_CHECKER, ResultCheckers.createChecker(result));
        }
    }

    @Override
    public void checkString(String expression, String result, String type) {
        checkScalarExact(expression, type, ResultCheckers.isSingle(result));
    }

    @Override
    public void checkNull(String expression) {
        checkScalar(expression, SqlTests.ANY_TYPE_CHECKER, ResultCheckers.isNullValue());
    }

    @Override
    public void checkType(String expression, String type) {
        each(false, expression, fed -> new SqlTests.StringTypeChecker(type).checkType(() -> expression, fed.type()));
    }

    /** With {@code runtime} it can be planned and fails for the row; without it cannot be planned. */
    @Override
    public void checkFails(StringAndPos expression, String error, boolean runtime) {
        if (error != null && error.contains("No match found for function signature")) {
            expectations.skip("that a function is missing where its library is");
            return;
        }
        each(false, expression.sql, fed -> {
            if (runtime) {
                FedExpression.PlannedExpressions planned = fed.planned();
                assertThat(failure(planned::evaluate)).as("failure").isNotNull();
            } else {
                assertThat(failure(fed::type)).as("refusal").isInstanceOf(Evaluation.Refused.class);
            }
        });
    }

    private static RuntimeException failure(Runnable work) {
        try {
            work.run();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Override
    public void checkQueryFails(StringAndPos query, String error) {
        String expression = onlyValue(query.sql);
        if (expression != null) {
            checkFails(StringAndPos.of(expression), error, false);
            return;
        }
        expect(
                How.QUERY,
                query.sql,
                () -> assertThat(failure(() -> OperatorRun.query(query.sql)))
                        .as("refusal")
                        .isInstanceOf(Evaluation.Refused.class));
    }

    @Override
    public void checkQuery(String query) {
        String expression = onlyValue(query);
        if (expression == null) {
            expect(How.QUERY, query, () -> OperatorRun.query(query));
        } else {
            each(false, expression, FedExpression::type);
        }
    }

    @Override
    public void checkColumnType(String query, String type) {
        check(query, new SqlTests.StringTypeChecker(type), null, SqlTests.ANY_RESULT_CHECKER);
    }

    @Override
    public void check(String query, TypeChecker type, ParameterChecker parameters, ResultChecker result) {
        String expression = onlyValue(query);
        if (expression == null) {
            expect(How.QUERY, query, () -> {
                FedExpression.Result given = OperatorRun.query(query);
                type.checkType(() -> query, given.type());
            });
        } else {
            checkScalar(expression, type, result);
        }
    }

    private static String onlyValue(String query) {
        Matcher matcher = ONE_VALUE.matcher(query.strip());
        if (!matcher.matches()) {
            return null;
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    @Override
    public SqlOperatorFixture checkAggType(String call, String type) {
        expect(
                How.AGGREGATE,
                call,
                () -> new SqlTests.StringTypeChecker(type).checkType(() -> call, OperatorRun.aggregateType(call)));
        return this;
    }

    @Override
    public void checkAgg(String call, String[] inputs, ResultChecker result) {
        checkAggWithMultipleArgs(
                call, Arrays.stream(inputs).map(input -> new String[] {input}).toArray(String[][]::new), result);
    }

    @Override
    public void checkAgg(String call, String[] inputs, String type, ResultChecker result) {
        checkAgg(call, inputs, result);
    }

    @Override
    public void checkAggWithMultipleArgs(String call, String[][] inputs, ResultChecker result) {
        List<List<String>> rows = rows(inputs);
        expect(How.AGGREGATE, call + " of " + rows, () -> run.check(call, run.aggregate(call, rows), result));
    }

    @Override
    public void checkWinAgg(String call, String[] inputs, String window, String type, ResultChecker result) {
        expectations.skip("OVER without an order of time: a stream has none");
    }

    @Override
    public void checkAggFails(String call, String[] inputs, String error, boolean runtime) {
        List<List<String>> rows = Arrays.stream(inputs).map(List::of).toList();
        expect(
                How.AGGREGATE,
                call + " of " + rows,
                () -> assertThat(failure(() -> run.aggregate(call, rows)))
                        .as("failure")
                        .isNotNull());
    }

    /** The expressions of each row; one that is not there is a NULL. */
    private static List<List<String>> rows(String[]... inputs) {
        return Arrays.stream(inputs)
                .map(row -> Arrays.stream(row).map(String::valueOf).toList())
                .toList();
    }

    private interface FedCheck {
        void run(FedExpression expression) throws Exception;
    }

    private void each(boolean isRun, String marked, FedCheck check) {
        String reason = reasonNotToAsk();
        if (reason != null) {
            expectations.skip(reason);
            return;
        }
        // A single ^ marks the place of an error.
        String expression = marked.replace("^^", "^");
        FedExpression literally = FedExpression.literally(expression);
        FedExpression fed = fed(expression);
        if (fed != null && isRun) {
            run.prepare(fed, literally);
        }
        expectations.expect(How.LITERALS, expression, () -> check.run(literally));
        if (fed != null) {
            expectations.expect(How.COLUMNS, expression, () -> check.run(fed));
        }
    }

    private static FedExpression fed(String expression) {
        try {
            FedExpression fed = FedExpression.fed(expression);
            return fed.isFed() ? fed : null;
        } catch (SqlParseException | RuntimeException e) {
            // That it cannot be read is seen with its literals.
            return null;
        }
    }

    private void expect(How how, String sql, OperatorExpectations.Check check) {
        String reason = reasonNotToAsk();
        if (reason == null) {
            expectations.expect(how, sql, check);
        } else {
            expectations.skip(reason);
        }
    }

    private String reasonNotToAsk() {
        if (libraries.stream().noneMatch(CARRIED::contains)) {
            return "of libraries that are not carried";
        }
        if (factory.parserConfig().quoting() != Quoting.DOUBLE_QUOTE) {
            return "of MySQL's and BigQuery's quotes";
        }
        return isCoercing ? null : "without coercion of types";
    }
}
