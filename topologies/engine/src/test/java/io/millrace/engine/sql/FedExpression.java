package io.millrace.engine.sql;

import io.millrace.document.Location;
import io.millrace.document.Text;
import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/**
 * An expression over a row whose columns hold what the expression was first written with as literals, so that none of it can be
 * computed while it is planned.
 *
 * @param sql the expression, with {@code p0}, {@code p1} and so on in the place of its literals
 * @param rowType the columns, none of which may be null, and one more that makes a row of none
 * @param row their values
 */
record FedExpression(String sql, RelDataType rowType, Object[] row) {

    /** What an expression gives. */
    record Result(RelDataType type, Object value) {}

    private record Known(RelDataType type, Object value) {}

    /** The same literals come in many expressions. */
    private static final Map<String, Known> LITERALS = new HashMap<>();

    /** The expression as it stands, over a row of one column that it does not name. */
    static FedExpression literally(String sql) {
        return new FedExpression(sql, row(List.of()), new Object[] {0});
    }

    /**
     * The expression with its literals in columns; as it stands when it has none that can be.
     *
     * @throws SqlParseException when it cannot be read
     */
    static FedExpression fed(String sql) throws SqlParseException {
        Map<Integer, Integer> places = literals(sql);
        List<RelDataType> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        StringBuilder fed = new StringBuilder();
        int at = 0;
        for (Map.Entry<Integer, Integer> place : places.entrySet()) {
            String literal = sql.substring(place.getKey(), place.getValue());
            Known known = LITERALS.computeIfAbsent(literal, FedExpression::known);
            if (known.value() != null) {
                fed.append(sql, at, place.getKey()).append('p').append(types.size());
                at = place.getValue();
                types.add(known.type());
                values.add(known.value());
            }
        }
        values.add(0);
        return new FedExpression(fed.append(sql.substring(at)).toString(), row(types), values.toArray());
    }

    /** Whether any literal was put into a column. */
    boolean isFed() {
        return row.length > 1;
    }

    private static Known known(String literal) {
        try {
            Result result = literally(literal).planned().evaluate().get(0);
            return new Known(result.type(), result.value());
        } catch (RuntimeException e) {
            return new Known(null, null);
        }
    }

    private static RelDataType row(List<RelDataType> types) {
        RelDataTypeFactory.Builder row = SqlDialect.types().builder();
        for (int i = 0; i < types.size(); i++) {
            row.add("p" + i, types.get(i));
        }
        return row.add("no_literal", SqlTypeName.INTEGER).build();
    }

    /** Where literals begin and end that are operands: not flags, qualifiers and parts of a type. */
    private static Map<Integer, Integer> literals(String sql) throws SqlParseException {
        Map<Integer, Integer> places = new TreeMap<>();
        SqlNode parsed = SqlParser.create(sql, SqlDialect.PARSER).parseExpression();
        parsed.accept(new SqlBasicVisitor<Void>() {
            @Override
            public Void visit(SqlCall call) {
                return call.getKind() == SqlKind.LITERAL_CHAIN ? null : super.visit(call);
            }

            @Override
            public Void visit(SqlLiteral literal) {
                SqlParserPos position = literal.getParserPosition();
                boolean isOperand = literal.getTypeName() != SqlTypeName.SYMBOL
                        && literal.getTypeName() != SqlTypeName.NULL
                        && !(literal instanceof SqlIntervalLiteral)
                        && position.getLineNum() > 0;
                if (isOperand) {
                    places.put(
                            offset(sql, position.getLineNum(), position.getColumnNum()),
                            offset(sql, position.getEndLineNum(), position.getEndColumnNum()) + 1);
                }
                return null;
            }
        });
        return places;
    }

    private static int offset(String sql, int line, int column) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            start = sql.indexOf('\n', start) + 1;
        }
        return start + column - 1;
    }

    /**
     * Expressions planned as the columns of a step.
     *
     * @param input the columns that they read
     * @param row the values of those columns
     */
    record PlannedExpressions(SqlPlanner planner, List<RexNode> expressions, RelDataType input, Object[] row) {

        /**
         * Compiles and runs them.
         *
         * @throws RuntimeException what an expression throws
         */
        List<Result> evaluate() {
            RowContext context = new RowContext();
            context.setTime(System.currentTimeMillis());
            Row values = CompiledExpressions.compile(planner.rexBuilder(), expressions, input)
                    .evaluate(context, Row.of(row));
            return IntStream.range(0, values.size())
                    .mapToObj(i -> new Result(expressions.get(i).getType(), values.get(i)))
                    .toList();
        }
    }

    /**
     * Plans it as the only column of a step.
     *
     * @throws Evaluation.Refused when it cannot be planned
     */
    PlannedExpressions planned() {
        return planned(List.of(sql));
    }

    /**
     * Plans it as the first of two columns, the other of which is {@code literally}.
     *
     * @throws Evaluation.Refused when they cannot be planned
     */
    PlannedExpressions plannedWith(String literally) {
        return planned(List.of(sql, literally));
    }

    /**
     * The type that it has as the only column of a query, which may be one that no row alone can answer.
     *
     * @throws Evaluation.Refused when it cannot be planned
     */
    RelDataType type() {
        return plan(new SqlPlanner(), List.of(sql))
                .getRowType()
                .getFieldList()
                .get(0)
                .getType();
    }

    private RelNode plan(SqlPlanner planner, List<String> columns) {
        planner.define("t", rowType);
        String list = IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i) + " AS v" + i)
                .collect(Collectors.joining(", "));
        SqlPlanner.Planned planned =
                planner.query(new Text("SELECT " + list + " FROM t", List.of(new Location("test", 1, 1))));
        RelNode query = planned.optimised();
        if (query == null) {
            throw new Evaluation.Refused(planned.problems().toString());
        }
        return query;
    }

    private PlannedExpressions planned(List<String> columns) {
        SqlPlanner planner = new SqlPlanner();
        RelNode query = plan(planner, columns);
        RelNode input = query instanceof Project project ? project.getInput() : query;
        if (!(input instanceof TableScan)) {
            throw new UnsupportedOperationException("Not row by row: " + query.explain());
        }
        List<String> names = rowType.getFieldNames();
        Object[] read = input.getRowType().getFieldNames().stream()
                .map(name -> row[names.indexOf(name)])
                .toArray();
        List<RexNode> expressions = query instanceof Project project
                ? project.getProjects()
                : List.of(planner.rexBuilder().makeInputRef(input, 0));
        return new PlannedExpressions(planner, expressions, input.getRowType(), read);
    }
}
