package io.millrace.engine.sql;

import io.millrace.document.Location;
import io.millrace.document.Text;
import io.millrace.engine.aggregate.Fold;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.test.SqlTester.ResultChecker;
import org.apache.calcite.sql.type.SqlTypeName;

/** Runs the expressions and aggregates that Calcite's tests of operators ask for. */
final class OperatorRun {

    private static final int MAX_KEPT = 200;

    /** Of the last expressions: a test asks for one once with each library. */
    private final Map<String, Object> results = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > MAX_KEPT;
        }
    };

    FedExpression.Result result(FedExpression expression) {
        String key = key(expression);
        Object known = results.get(key);
        if (known == null) {
            try {
                known = expression.planned().evaluate().get(0);
            } catch (RuntimeException e) {
                known = e;
            }
            results.put(key, known);
        }
        if (known instanceof RuntimeException failure) {
            throw failure;
        }
        return (FedExpression.Result) known;
    }

    private static String key(FedExpression expression) {
        return expression.sql() + " of " + Arrays.toString(expression.row()) + expression.rowType();
    }

    /** Plans and runs an expression once for both of its forms, if neither fails: that takes half the time. */
    void prepare(FedExpression fed, FedExpression literally) {
        if (results.containsKey(key(fed))) {
            return;
        }
        try {
            List<FedExpression.Result> both = fed.plannedWith(literally.sql()).evaluate();
            results.put(key(fed), both.get(0));
            results.put(key(literally), both.get(1));
        } catch (RuntimeException e) {
            // Each by itself says which it is.
            results.remove(key(fed));
        }
    }

    /** Whether a result is what a test expects, and one that its type can have. */
    void check(String sql, FedExpression.Result result, ResultChecker checker) throws Exception {
        if (result.value() == null && !result.type().isNullable()) {
            throw new AssertionError("null, of the type " + result.type().getFullTypeString());
        }
        try (ResultSet shown = JdbcValue.show(result.type(), result.value())) {
            checker.checkResult(sql, shown);
        }
    }

    /** An aggregate over rows of expressions, whose columns are {@code x}, {@code x2} and so on. */
    FedExpression.Result aggregate(String call, List<List<String>> rows) {
        List<List<FedExpression.Result>> values = new ArrayList<>();
        for (List<String> row : rows) {
            values.add(row.stream()
                    .map(expression -> result(FedExpression.literally(expression)))
                    .toList());
        }
        int columns = rows.isEmpty() ? 1 : rows.get(0).size();
        RelDataTypeFactory types = SqlDialect.types();
        RelDataTypeFactory.Builder rowType = types.builder();
        for (int column = 0; column < columns; column++) {
            int at = column;
            RelDataType type = rows.isEmpty()
                    ? types.createSqlType(SqlTypeName.INTEGER)
                    : types.leastRestrictive(
                            values.stream().map(row -> row.get(at).type()).toList());
            String name = column == 0 ? "x" : "x" + (column + 1);
            rowType.add(name, type);
        }
        RelDataType table = rowType.build();
        AggregateQuery query = AggregateQuery.of(call + " AS v", table);
        List<Object[]> input = new ArrayList<>();
        for (List<String> row : rows) {
            input.add(IntStream.range(0, columns)
                    .mapToObj(
                            at -> cast(row.get(at), table.getFieldList().get(at).getType()))
                    .toArray());
        }
        return new FedExpression.Result(
                typeOf(query), new Fold(query, true).add(input).result());
    }

    private Object cast(String expression, RelDataType type) {
        FedExpression.Result result = result(FedExpression.literally(expression));
        if (result.value() == null || result.type().getSqlTypeName() == type.getSqlTypeName()) {
            return result.value();
        }
        return result(FedExpression.literally("CAST(" + expression + " AS " + type + ")"))
                .value();
    }

    /** The type of an aggregate over rows of one number, x. */
    static RelDataType aggregateType(String call) {
        return typeOf(AggregateQuery.of(
                call + " AS v",
                SqlDialect.types().builder().add("x", SqlTypeName.INTEGER).build()));
    }

    private static RelDataType typeOf(AggregateQuery query) {
        return query.query().getRowType().getFieldList().get(0).getType();
    }

    /** The type of the first column of a query over no relation. */
    static FedExpression.Result query(String sql) {
        SqlPlanner planner = new SqlPlanner();
        SqlPlanner.Planned planned = planner.query(new Text(sql, List.of(new Location("test", 1, 1))));
        RelNode query = planned.optimised();
        if (query == null) {
            throw new Evaluation.Refused(
                    planned.problems().stream().map(Object::toString).collect(Collectors.joining("; ")));
        }
        return new FedExpression.Result(query.getRowType().getFieldList().get(0).getType(), null);
    }
}
