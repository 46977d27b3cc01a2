package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.millrace.document.Location;
import io.millrace.document.Text;
import io.millrace.engine.row.Row;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SQL that is meant to keep the planner busy, or to bring it down, ends in a plan or in one problem. */
final class HostileSqlTest {

    private static final RelDataType ROW = SqlDialect.types()
            .builder()
            .add("i", SqlTypeName.INTEGER)
            .add("s", SqlTypeName.VARCHAR)
            .add("d", SqlTypeName.DOUBLE)
            .add("m", SqlTypeName.DECIMAL, 10, 2)
            .build();

    record Hostile(String name, String sql) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Hostile> refused() {
        return List.of(
                new Hostile("10 MB of parentheses", value("(".repeat(5_000_000) + "i" + ")".repeat(5_000_000))),
                new Hostile("490,000 parentheses", value("(".repeat(490_000) + "i" + ")".repeat(490_000))),
                new Hostile("10,000 columns", "SELECT " + repeat("i + # AS c#", 10_000, ",") + " FROM t"),
                new Hostile("a sum of 10,000", value(repeat("i", 10_000, "+"))),
                new Hostile("a sum of 2,000", value(repeat("i", 2_000, "+"))),
                new Hostile("10,000 alternatives", condition(repeat("i = #", 10_000, " OR "))),
                new Hostile("1,000 times LIKE", condition(repeat("s LIKE 'x#%'", 1_000, " OR "))),
                new Hostile(
                        "10,000 nested CASEs",
                        value("CASE WHEN i = 1 THEN 2 ELSE ".repeat(10_000) + "i" + " END".repeat(10_000))),
                new Hostile("10,000 times NOT", condition("NOT ".repeat(10_000) + "i = 1")),
                new Hostile("100 nested arrays", value("ARRAY[".repeat(100) + "i" + "]".repeat(100))),
                new Hostile(
                        "an array type of 4,000 levels", value("CAST(NULL AS INTEGER" + " ARRAY".repeat(4_000) + ")")),
                new Hostile(
                        "a row type of 100 levels",
                        value("CAST(NULL AS " + "ROW(a ".repeat(100) + "INT" + ")".repeat(101))),
                new Hostile("200 joins", "SELECT t.i FROM t " + repeat("JOIN t t# ON t.i = t#.i", 200, " ")),
                new Hostile("100 joins by comma", "SELECT t0.i FROM " + repeat("t AS t#", 100, ", ")),
                new Hostile("a WITH that doubles its joins 45 times", doubling("SELECT a.i FROM # AS a, # AS b", 45)),
                new Hostile(
                        "a WITH that doubles its rows 45 times",
                        doubling("SELECT i FROM # UNION ALL SELECT i FROM #", 45)),
                new Hostile("a CUBE of 20 columns", grouped("CUBE(" + repeat("i + #", 20, ", ") + ")")),
                new Hostile("12 CUBEs of two columns", grouped(repeat("CUBE(i + #, i - #)", 12, ", "))),
                new Hostile(
                        "GROUPING SETS of CUBEs",
                        grouped("GROUPING SETS (" + repeat("CUBE(i + #, i - #, i * #)", 70, ", ") + ")")),
                new Hostile("12 nested GREATESTs", nested("GREATEST(", ", 3)", 12)),
                new Hostile("GREATEST of 900", value("GREATEST(" + repeat("i + #", 900, ", ") + ")")),
                new Hostile("60 nested COALESCEs", nested("COALESCE(", ", 3)", 60)),
                new Hostile("60 nested NULLIFs", nested("NULLIF(", ", 3)", 60)),
                new Hostile("60 nested IFNULLs", nested("IFNULL(", ", 3)", 60)),
                new Hostile("60 nested DECODEs", nested("DECODE(", ", 1, 2, 3, 4, 5)", 60)),
                new Hostile("60 nested CASEs over a value", nested("CASE ", " WHEN 1 THEN 2 WHEN 3 THEN 4 END", 60)),
                new Hostile(
                        "a rule's CASEs in WHERE",
                        condition("60 = " + nest("CASE ", " WHEN 1 THEN 2 WHEN 3 THEN 4 END", 60))),
                new Hostile("a quote without end", "SELECT '" + "(".repeat(900_000)));
    }

    static List<Hostile> planned() {
        return List.of(
                new Hostile("150 parentheses", value("(i + ".repeat(150) + "i" + ")".repeat(150))),
                new Hostile("a sum of 500", value(repeat("i", 500, "+"))),
                new Hostile("300 columns", "SELECT " + repeat("UPPER(s) || 'x#' AS c#", 300, ",") + " FROM t"),
                new Hostile("IN with 10,000 numbers", condition("i IN (" + repeat("#", 10_000, ",") + ")")),
                new Hostile("NOT IN with 10,000 numbers", condition("i NOT IN (" + repeat("#", 10_000, ",") + ")")),
                new Hostile(
                        "IN with 10,000 negative numbers", condition("i IN (-1," + repeat("-#", 10_000, ",") + ")")),
                new Hostile(
                        "IN with 10,000 floating-point numbers",
                        condition("d IN (" + repeat("#.5e0", 10_000, ",") + ")")),
                new Hostile("NOT IN with 10,000 decimals", condition("m NOT IN (" + repeat("#.25", 10_000, ",") + ")")),
                new Hostile("COALESCE of 100", value("COALESCE(" + repeat("NULLIF(i, #)", 100, ", ") + ")")),
                new Hostile("GREATEST of 15", value("GREATEST(" + repeat("i + #", 15, ", ") + ")")),
                new Hostile("six nested COALESCEs", nested("COALESCE(", ", 3)", 6)),
                new Hostile("IN with 10,000 texts", condition("s IN (" + repeat("'#'", 10_000, ",") + ")")),
                new Hostile("500 alternatives", condition(repeat("i = #", 500, " OR "))),
                new Hostile("150 times LIKE", condition(repeat("s LIKE 'x#%'", 150, " OR "))),
                new Hostile(
                        "100 nested CASEs",
                        value("CASE WHEN i = 1 THEN 2 ELSE ".repeat(100) + "i" + " END".repeat(100))),
                new Hostile("200 WHENs", value("CASE " + repeat("WHEN i = # THEN 'x#'", 200, " ") + " END")),
                new Hostile("a text of 300", value(repeat("s", 300, " || "))),
                new Hostile("a literal of 200,000 characters", value("s || '" + "x".repeat(200_000) + "'")),
                new Hostile("a comment of parentheses", "SELECT i AS v FROM t /* " + "(".repeat(900_000) + " */"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void shouldRefuseWithOneProblem(Hostile hostile) {
        SqlPlanner.Planned planned = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> planner().query(text(hostile.sql())));
        assertThat(planned.optimised()).isNull();
        assertThat(planned.problems()).hasSize(1);
        assertThat(planned.problems().get(0).message()).hasSizeBetween(20, 300);
    }

    @ParameterizedTest
    @MethodSource("planned")
    void shouldPlanAndCompile(Hostile hostile) {
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            SqlPlanner planner = planner();
            SqlPlanner.Planned planned = planner.query(text(hostile.sql()));
            assertThat(planned.problems()).isEmpty();
            compile(planner, planned.optimised());
        });
    }

    @Test
    void shouldRefuseAHostileRule() {
        SqlPlanner.PlannedCondition planned = planner().condition(text(repeat("i = #", 10_000, " OR ")), ROW);
        assertThat(planned.expression()).isNull();
        assertThat(planned.problems()).hasSize(1);
    }

    @Test
    void shouldAcceptARuleOfManyValues() {
        SqlPlanner planner = planner();
        SqlPlanner.PlannedCondition planned = planner.condition(text("s IN (" + repeat("'#'", 10_000, ",") + ")"), ROW);
        assertThat(planned.problems()).isEmpty();
        CompiledExpressions compiled =
                CompiledExpressions.compile(planner.rexBuilder(), List.of(planned.expression()), ROW);
        assertThat(compiled.test(new RowContext(), Row.of(1, "9999", null, null)))
                .isTrue();
        assertThat(compiled.test(new RowContext(), Row.of(1, "10000", null, null)))
                .isFalse();
    }

    @Test
    void shouldLeaveNoThreadBehind() {
        refused().forEach(hostile -> planner().query(text(hostile.sql())));
        Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("millrace-sql"))
                .forEach(HostileSqlTest::requireEnd);
    }

    /** A thread goes on for a moment after what it has given; one that the planner gave up goes on for longer. */
    private static void requireEnd(Thread thread) {
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private static void compile(SqlPlanner planner, RelNode query) {
        for (RelNode node = query; !node.getInputs().isEmpty(); node = node.getInput(0)) {
            RelDataType input = node.getInput(0).getRowType();
            if (node instanceof Project project) {
                CompiledExpressions.compile(planner.rexBuilder(), project.getProjects(), input);
            } else if (node instanceof Filter filter) {
                CompiledExpressions.compile(planner.rexBuilder(), List.of(filter.getCondition()), input);
            }
        }
    }

    private static SqlPlanner planner() {
        SqlPlanner planner = new SqlPlanner();
        planner.define("t", ROW);
        return planner;
    }

    private static Text text(String sql) {
        return new Text(sql, List.of(new Location("test", 1, 1)));
    }

    private static String value(String expression) {
        return "SELECT " + expression + " AS v FROM t";
    }

    private static String condition(String condition) {
        return "SELECT i FROM t WHERE " + condition;
    }

    private static String nested(String before, String after, int times) {
        return value(nest(before, after, times));
    }

    private static String nest(String before, String after, int times) {
        return before.repeat(times) + "i" + after.repeat(times);
    }

    private static String grouped(String by) {
        return "SELECT COUNT(*) AS v FROM t GROUP BY " + by;
    }

    /** A query of a WITH in which each name stands for {@code part} of the one before. */
    private static String doubling(String part, int times) {
        return "WITH w0 AS (SELECT i FROM t), "
                + IntStream.range(0, times)
                        .mapToObj(i -> "w" + (i + 1) + " AS (" + part.replace("#", "w" + i) + ")")
                        .collect(Collectors.joining(", "))
                + " SELECT i AS v FROM w" + times;
    }

    private static String repeat(String part, int times, String separator) {
        return IntStream.range(0, times)
                .mapToObj(i -> part.replace("#", Integer.toString(i)))
                .collect(Collectors.joining(separator));
    }
}
