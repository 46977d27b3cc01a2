package io.millrace.engine.sql;

import io.millrace.engine.aggregate.AggregateOperators;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The operators that are Millrace's own in the place of Calcite's of the same names: {@link WindowFunction}s, {@link RecordFunction}s and {@link
 * AggregateOperators}. All others are another table's.
 */
final class OwnOperatorTable implements SqlOperatorTable {

    private static final SqlOperatorTable AGGREGATES = SqlOperatorTables.of(AggregateOperators.LIST);

    private final SqlOperatorTable operators;

    OwnOperatorTable(SqlOperatorTable operators) {
        this.operators = operators;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        int before = found.size();
        if (name.isSimple() && syntax.family == SqlSyntax.FUNCTION) {
            Stream.concat(WindowFunction.ALL.stream(), RecordFunction.ALL.stream())
                    .filter(function -> matcher.matches(name.getSimple(), function.getName()))
                    .forEach(found::add);
            AGGREGATES.lookupOperatorOverloads(name, SqlFunctionCategory.USER_DEFINED_FUNCTION, syntax, found, matcher);
        }
        if (found.size() == before) {
            operators.lookupOperatorOverloads(name, category, syntax, found, matcher);
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        Set<String> own = new HashSet<>();
        List<SqlOperator> all = new ArrayList<>(AGGREGATES.getOperatorList());
        AGGREGATES.getOperatorList().forEach(operator -> own.add(operator.getName()));
        operators.getOperatorList().stream()
                .filter(operator -> !own.contains(operator.getName()))
                .forEach(all::add);
        return all;
    }
}
