package io.millrace.engine.differential;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Makes a difference small: one row, one expression, and of that no more than is needed. */
final class Shrinking {

    private static final int MAX_STEPS = 200;

    private final DuckDb duckDb;
    private int steps;

    Shrinking(DuckDb duckDb) {
        this.duckDb = duckDb;
    }

    /** What is left of a difference: its case has one row, unless the query cannot be run at all. */
    record Shrunk(StatelessCase table, StatelessCase.Difference difference) {

        @Override
        public String toString() {
            return difference.query().here() + "\n    there: "
                    + difference.query().there() + "\n    " + difference.text() + "\n    row: "
                    + table.show(difference.row(), difference.query());
        }
    }

    Shrunk shrink(StatelessCase table, StatelessCase.Difference difference) throws SQLException {
        StatelessCase small = difference.row() < 0 ? table.only(0) : table.only(difference.row());
        small.create(duckDb);
        Shrunk best = new Shrunk(table, difference);
        boolean isSmaller = true;
        while (isSmaller && steps < MAX_STEPS) {
            isSmaller = false;
            for (StatelessQuery candidate : smaller(best.difference().query())) {
                Shrunk found = steps++ < MAX_STEPS ? differs(small, candidate) : null;
                if (found != null) {
                    best = found;
                    isSmaller = true;
                    break;
                }
            }
        }
        table.create(duckDb);
        return best;
    }

    private Shrunk differs(StatelessCase table, StatelessQuery query) throws SQLException {
        List<StatelessCase.Difference> differences = table.differences(duckDb, List.of(query));
        return differences.isEmpty() ? null : new Shrunk(table, differences.get(0));
    }

    private static List<StatelessQuery> smaller(StatelessQuery query) {
        List<StatelessQuery> smaller = new ArrayList<>();
        List<Expression> columns = query.columns();
        Expression condition = query.condition();
        if (condition != null) {
            smaller.add(new StatelessQuery(List.of(), condition));
            smaller.add(new StatelessQuery(columns, null));
        }
        for (int i = 0; i < columns.size(); i++) {
            smaller.add(new StatelessQuery(without(columns, i), condition));
        }
        for (int i = 0; i < columns.size(); i++) {
            List<Expression> replacements = new ArrayList<>(columns.get(i).parts());
            replacements.addAll(simpler(columns.get(i)));
            for (Expression replacement : replacements) {
                List<Expression> changed = new ArrayList<>(columns);
                changed.set(i, replacement);
                smaller.add(new StatelessQuery(changed, condition));
            }
        }
        if (condition != null) {
            List<Expression> replacements = new ArrayList<>(condition.parts());
            replacements.addAll(simpler(condition));
            replacements.stream()
                    .filter(replacement -> replacement.type() == ColumnType.BOOLEAN)
                    .forEach(replacement -> smaller.add(new StatelessQuery(columns, replacement)));
        }
        return smaller;
    }

    private static List<Expression> without(List<Expression> columns, int left) {
        List<Expression> others = new ArrayList<>(columns);
        others.remove(left);
        return others;
    }

    /** The expression with one of its operands simpler: a NULL, one of the operand's own operands, or simpler inside. */
    private static List<Expression> simpler(Expression expression) {
        List<Expression> simpler = new ArrayList<>();
        for (int i = 0; i < expression.parts().size(); i++) {
            Expression part = expression.parts().get(i);
            if (part.form() == null) {
                continue;
            }
            List<Expression> replacements = new ArrayList<>();
            replacements.add(
                    Expression.leaf(part.type(), Values.here(part.type(), null), Values.there(part.type(), null)));
            part.parts().stream().filter(inner -> inner.type() == part.type()).forEach(replacements::add);
            replacements.addAll(simpler(part));
            for (Expression replacement : replacements) {
                List<Expression> parts = new ArrayList<>(expression.parts());
                parts.set(i, replacement);
                simpler.add(expression.form().of(parts));
            }
        }
        return simpler;
    }
}
