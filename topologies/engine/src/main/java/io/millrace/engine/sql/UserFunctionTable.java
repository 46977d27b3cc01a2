package io.millrace.engine.sql;

import io.millrace.engine.function.UserFunction;
import io.millrace.engine.function.UserFunctions;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/** The built-in operators and the users' functions, none of which hides a built-in one. */
final class UserFunctionTable implements SqlOperatorTable {

    private final SqlOperatorTable builtIn;
    private final UserFunctions functions;

    UserFunctionTable(SqlOperatorTable builtIn, UserFunctions functions) {
        this.builtIn = builtIn;
        this.functions = functions;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        int before = found.size();
        builtIn.lookupOperatorOverloads(name, category, syntax, found, matcher);
        if (!name.isSimple() || syntax != SqlSyntax.FUNCTION) {
            return;
        }
        UserFunction function = functions.find(name.getSimple());
        String fault = functions.fault(name.getSimple());
        if (function == null && fault == null) {
            return;
        }
        if (found.size() > before) {
            fault = "it is built in, and a function of yours has that name, too: give yours another with @FunctionName";
            found.subList(before, found.size()).clear();
        }
        found.add(
                fault != null || function == null
                        ? new RefusedFunction(
                                name.getSimple().toUpperCase(java.util.Locale.ROOT),
                                SqlSyntax.FUNCTION,
                                "cannot be called: " + fault)
                        : new UserFunctionOperator(function));
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        List<SqlOperator> all = new ArrayList<>(builtIn.getOperatorList());
        functions.all().forEach(function -> all.add(new UserFunctionOperator(function)));
        return all;
    }
}
