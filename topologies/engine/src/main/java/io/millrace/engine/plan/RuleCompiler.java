package io.millrace.engine.plan;

import io.millrace.document.Location;
import io.millrace.document.NearestName;
import io.millrace.document.Problem;
import io.millrace.document.Rule;
import io.millrace.document.Text;
import io.millrace.engine.sql.SqlPlanner;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes the conditions of rules: each rule is a SQL condition over the columns of its relation. */
final class RuleCompiler {

    private final SqlPlanner sql;
    private final String relation;
    private final RelDataType rowType;
    private final List<Problem> problems;

    RuleCompiler(SqlPlanner sql, String relation, RelDataType rowType, List<Problem> problems) {
        this.sql = sql;
        this.relation = relation;
        this.rowType = rowType;
        this.problems = problems;
    }

    /** The rule with its condition; empty when it cannot be one, which is then among the problems. */
    List<Relation.Check> compile(Rule rule) {
        Text condition = condition(rule);
        if (condition == null) {
            return List.of();
        }
        SqlPlanner.PlannedCondition planned = sql.condition(condition, rowType);
        problems.addAll(planned.problems());
        return planned.expression() == null ? List.of() : List.of(new Relation.Check(rule, planned.expression()));
    }

    private @Nullable Text condition(Rule rule) {
        if (rule instanceof Rule.Check check) {
            return check.condition();
        }
        String text = null;
        if (rule instanceof Rule.NotNull notNull) {
            List<String> columns = new ArrayList<>();
            for (String name : notNull.columns()) {
                RelDataTypeField column = column(name, rule.location());
                if (column != null) {
                    columns.add(quoted(column) + " IS NOT NULL");
                }
            }
            text = columns.size() < notNull.columns().size() ? null : String.join(" AND ", columns);
        } else if (rule instanceof Rule.Between between) {
            RelDataTypeField column = column(between.column(), rule.location());
            text = column == null ? null : between(between, column);
        } else if (rule instanceof Rule.AcceptedValues accepted) {
            RelDataTypeField column = column(accepted.column(), rule.location());
            text = column == null
                    ? null
                    : quoted(column)
                            + accepted.values().stream()
                                    .map(value -> literal(value, column))
                                    .collect(Collectors.joining(", ", " IN (", ")"));
        }
        return text == null ? null : new Text(text, List.of(rule.location()));
    }

    private static String between(Rule.Between between, RelDataTypeField column) {
        List<String> bounds = new ArrayList<>();
        if (between.min() != null) {
            bounds.add(quoted(column) + " >= " + literal(between.min(), column));
        }
        if (between.max() != null) {
            bounds.add(quoted(column) + " <= " + literal(between.max(), column));
        }
        return String.join(" AND ", bounds);
    }

    private @Nullable RelDataTypeField column(String name, Location location) {
        RelDataTypeField column = rowType.getField(name, false, false);
        if (column == null) {
            problems.add(new Problem(
                    location,
                    "'" + relation + "' has no column '" + name + "'",
                    NearestName.of(name, rowType.getFieldNames())
                            .map(nearest -> "did you mean '" + nearest + "'?")
                            .orElse("its columns are " + String.join(", ", rowType.getFieldNames()))));
        }
        return column;
    }

    private static String quoted(RelDataTypeField column) {
        return '"' + column.getName().replace("\"", "\"\"") + '"';
    }

    /** A value of the document as a SQL literal of the column's type. */
    private static String literal(String value, RelDataTypeField column) {
        RelDataType type = column.getType();
        boolean isNumber = value.matches("[-+]?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
        if (SqlTypeUtil.isNumeric(type) && isNumber) {
            return value;
        }
        if (SqlTypeUtil.isBoolean(type) && value.matches("(?i)true|false")) {
            return value;
        }
        String text = "'" + value.replace("'", "''") + "'";
        return SqlTypeUtil.isCharacter(type)
                ? text
                : "CAST(" + text + " AS " + type.getSqlTypeName().getSpaceName() + ")";
    }
}
