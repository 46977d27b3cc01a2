package io.millrace.engine.sql;

import io.millrace.document.Location;
import io.millrace.document.Text;
import io.millrace.engine.row.Row;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.DateString;
import org.apache.calcite.util.TimeString;
import org.apache.calcite.util.TimestampString;

/** One expression over one row, planned and run as a step's are. */
final class Evaluation {

    /** The columns that expressions may name, and what they hold. */
    private static final RelDataType ROW = SqlDialect.types()
            .builder()
            .add("i", SqlTypeName.INTEGER)
            .add("l", SqlTypeName.BIGINT)
            .add("b", SqlTypeName.TINYINT)
            .add("h", SqlTypeName.SMALLINT)
            .add("d", SqlTypeName.DOUBLE)
            .add("m", SqlTypeName.DECIMAL, 10, 2)
            .add("s", SqlTypeName.VARCHAR)
            .add(
                    "n",
                    SqlDialect.types()
                            .createTypeWithNullability(SqlDialect.types().createSqlType(SqlTypeName.VARCHAR), true))
            .add("z", SqlTypeName.INTEGER)
            .build();

    private static final Map<String, Object> VALUES = new TreeMap<>(Map.of(
            "i",
            Integer.MAX_VALUE,
            "l",
            Long.MAX_VALUE,
            "b",
            Byte.MAX_VALUE,
            "h",
            Short.MAX_VALUE,
            "d",
            2.5,
            "m",
            new BigDecimal("12.34"),
            "s",
            "text",
            "z",
            0));

    static final long NOW_MS = 1_700_000_000_123L;

    private Evaluation() {}

    /** A query that cannot be planned; the message is the problems'. */
    static final class Refused extends RuntimeException {
        Refused(String message) {
            super(message);
        }
    }

    /** The value as SQL shows it. */
    static String of(String expression) {
        return of(new SqlPlanner(), expression);
    }

    static String of(SqlPlanner planner, String expression) {
        planner.define("t", ROW);
        SqlPlanner.Planned planned =
                planner.query(new Text("SELECT " + expression + " AS v FROM t", List.of(new Location("test", 1, 1))));
        RelNode query = planned.optimised();
        if (query == null) {
            throw new Refused(planned.problems().toString());
        }
        if (!(query instanceof Project project) || !(project.getInput() instanceof TableScan)) {
            throw new Refused("not row by row: " + query.explain());
        }
        RelDataType input = project.getInput().getRowType();
        CompiledExpressions compiled = CompiledExpressions.compile(planner.rexBuilder(), project.getProjects(), input);
        Object[] row = input.getFieldNames().stream().map(VALUES::get).toArray();
        RowContext context = new RowContext();
        context.setTime(NOW_MS);
        return show(
                compiled.evaluate(context, Row.of(row)).get(0),
                query.getRowType().getFieldList().get(0).getType());
    }

    private static String show(Object value, RelDataType type) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Map<?, ?> map) {
            List<String> entries = new ArrayList<>();
            map.forEach((key, element) ->
                    entries.add(show(key, type.getKeyType()) + "=" + show(element, type.getValueType())));
            return "{" + String.join(", ", entries) + "}";
        }
        if (value instanceof List<?> list && type.getComponentType() != null) {
            return "["
                    + String.join(
                            ", ",
                            list.stream()
                                    .map(element -> show(element, type.getComponentType()))
                                    .toList())
                    + "]";
        }
        if (type.isStruct()) {
            Object[] fields = value instanceof List<?> list ? list.toArray() : (Object[]) value;
            List<String> shown = new ArrayList<>();
            for (int i = 0; i < fields.length; i++) {
                shown.add(show(fields[i], type.getFieldList().get(i).getType()));
            }
            return "(" + String.join(", ", shown) + ")";
        }
        return switch (type.getSqlTypeName()) {
            case DATE -> DateString.fromDaysSinceEpoch((Integer) value).toString();
            case TIME -> TimeString.fromMillisOfDay((Integer) value).toString();
            case TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
                TimestampString.fromMillisSinceEpoch((Long) value).toString();
            case BINARY, VARBINARY -> "X'" + ((ByteString) value).toString(16) + "'";
            case CHAR, VARCHAR -> "'" + value + "'";
            case DECIMAL -> ((BigDecimal) value).toPlainString();
            default -> String.valueOf(value);
        };
    }
}
