package io.millrace.engine.sql;

import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** An operator table with the {@link WindowFunction}s in the place of Calcite's own. */
final class WindowedOperatorTable implements SqlOperatorTable {

    private final SqlOperatorTable operators;

    WindowedOperatorTable(SqlOperatorTable operators) {
        this.operators = operators;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (name.isSimple()) {
            for (WindowFunction function : WindowFunction.ALL) {
                if (matcher.matches(name.getSimple(), function.getName())) {
                    found.add(function);
                    return;
                }
            }
            for (RecordFunction function : RecordFunction.ALL) {
                if (syntax == SqlSyntax.FUNCTION_ID && matcher.matches(name.getSimple(), function.getName())) {
                    found.add(function);
                    return;
                }
            }
        }
        operators.lookupOperatorOverloads(name, category, syntax, found, matcher);
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return operators.getOperatorList();
    }
}
