package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import io.millrace.engine.row.Row;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;

/** Expressions over one row of a relation {@code sample}, planned and compiled as those of a step are. */
record SampleQuery(RelDataType rowType, List<Object> row) {

    static SampleQuery of(String columns, Object... row) {
        List<Problem> problems = new ArrayList<>();
        RelDataType rowType = ColumnList.read(text(columns), problems);
        assertThat(problems).isEmpty();
        return new SampleQuery(rowType, new ArrayList<>(java.util.Arrays.asList(row)));
    }

    /** The value of an expression. */
    Object value(String expression) {
        SqlPlanner planner = new SqlPlanner();
        Project project = project(planner, expression);
        RelDataType input = project.getInput().getRowType();
        Object[] trimmed = input.getFieldNames().stream()
                .map(name -> row.get(rowType.getFieldNames().indexOf(name)))
                .toArray();
        RowContext context = new RowContext();
        context.setTime(1_700_000_000_123L);
        return CompiledExpressions.compile(planner.rexBuilder(), project.getProjects(), input)
                .evaluate(context, Row.of(trimmed))
                .get(0);
    }

    /** The type of an expression. */
    RelDataType type(String expression) {
        return project(new SqlPlanner(), expression).getProjects().get(0).getType();
    }

    /** What is wrong with an expression. */
    String problem(String expression) {
        SqlPlanner planner = new SqlPlanner();
        planner.define("sample", rowType);
        return planner.query(text("SELECT " + expression + " AS v FROM sample"))
                .problems()
                .toString();
    }

    private Project project(SqlPlanner planner, String expression) {
        planner.define("sample", rowType);
        SqlPlanner.Planned planned = planner.query(text("SELECT " + expression + " AS v FROM sample"));
        assertThat(planned.problems()).as(expression).isEmpty();
        return (Project) planned.optimised();
    }

    private static Text text(String value) {
        return new Text(value, List.of(new Location("p.yaml", 1, 1)));
    }
}
