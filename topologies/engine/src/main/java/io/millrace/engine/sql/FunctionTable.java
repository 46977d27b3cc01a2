package io.millrace.engine.sql;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * The functions of Calcite's standard, PostgreSQL, BigQuery, MySQL and Spark libraries, each name with one meaning, and the refused
 * ones in the place of what Calcite would do.
 */
final class FunctionTable implements SqlOperatorTable {

    /** Where libraries differ under one name and Calcite would take whichever comes first, PostgreSQL's meaning stands. */
    private static final Set<SqlOperator> OTHER_MEANINGS = identities(
            SqlLibraryOperators.CONCAT_FUNCTION,
            SqlLibraryOperators.CONCAT_WS,
            SqlLibraryOperators.CONCAT_WS_SPARK,
            SqlLibraryOperators.GREATEST,
            SqlLibraryOperators.LEAST,
            SqlLibraryOperators.LOG,
            SqlLibraryOperators.LOG_MYSQL,
            SqlLibraryOperators.SUBSTR_MYSQL,
            SqlLibraryOperators.SUBSTR_POSTGRESQL,
            SqlLibraryOperators.TO_CHAR,
            SqlLibraryOperators.REVERSE_SPARK,
            SqlLibraryOperators.SOUNDEX_SPARK,
            // To it, an interval of three months is a number of three days.
            SqlLibraryOperators.DATE_SUB_SPARK,
            SqlLibraryOperators.CEIL_BIG_QUERY,
            SqlLibraryOperators.FLOOR_BIG_QUERY,
            SqlLibraryOperators.REGEXP_REPLACE_BIG_QUERY_3,
            SqlLibraryOperators.REGEXP_REPLACE_PG_3,
            SqlLibraryOperators.REGEXP_REPLACE_PG_4,
            SqlLibraryOperators.REGEXP_REPLACE_5_ORACLE);

    /** Operators of one name and class are equal, whichever library they come from. */
    private static Set<SqlOperator> identities(SqlOperator... operators) {
        Set<SqlOperator> identities = Collections.newSetFromMap(new IdentityHashMap<>());
        identities.addAll(List.of(operators));
        return identities;
    }

    /** Those that say that they never give null, and do. */
    private static final IdentityHashMap<SqlOperator, SqlOperator> NULLABLE =
            nullable(SqlLibraryOperators.LPAD, SqlLibraryOperators.RPAD);

    private static IdentityHashMap<SqlOperator, SqlOperator> nullable(SqlOperator... operators) {
        IdentityHashMap<SqlOperator, SqlOperator> nullable = new IdentityHashMap<>();
        for (SqlOperator operator : operators) {
            SqlReturnTypeInference type = Objects.requireNonNull(operator.getReturnTypeInference());
            nullable.put(
                    operator,
                    ((SqlBasicFunction) operator).withReturnTypeInference(type.andThen(SqlTypeTransforms.TO_NULLABLE)));
        }
        return nullable;
    }

    private record Key(String name, @Nullable SqlFunctionCategory category, SqlSyntax syntax) {}

    private final SqlOperatorTable libraries =
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(EnumSet.copyOf(List.of(
                    SqlLibrary.STANDARD,
                    SqlLibrary.POSTGRESQL,
                    SqlLibrary.BIG_QUERY,
                    SqlLibrary.MYSQL,
                    SqlLibrary.SPARK)));

    /** The validator looks every function of a query up once for each of its columns. */
    private final Map<Key, List<SqlOperator>> lookups = new ConcurrentHashMap<>();

    private static List<SqlOperator> chosen(List<SqlOperator> operators) {
        Map<String, SqlOperator> refused = new LinkedHashMap<>();
        List<SqlOperator> chosen = new ArrayList<>();
        for (SqlOperator operator : operators) {
            String name = operator.getName().toUpperCase(Locale.ROOT);
            String reason = operator.isAggregator() ? null : RefusedFunctions.reason(name);
            if (reason != null) {
                refused.put(name, new RefusedFunction(operator, reason));
            } else if (!OTHER_MEANINGS.contains(operator)) {
                chosen.add(RemainderOperators.of(RoundedType.of(NULLABLE.getOrDefault(operator, operator))));
            }
        }
        chosen.addAll(refused.values());
        return chosen;
    }

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> found,
            SqlNameMatcher matcher) {
        if (!name.isSimple() || matcher.isCaseSensitive()) {
            found.addAll(look(name, category, syntax, matcher));
            return;
        }
        Key key = new Key(name.getSimple().toUpperCase(Locale.ROOT), category, syntax);
        List<SqlOperator> known = lookups.get(key);
        if (known == null) {
            known = look(name, category, syntax, matcher);
            if (!known.isEmpty()) {
                // Only names that there are: those that there are not have no end.
                lookups.put(key, known);
            }
        }
        found.addAll(known);
    }

    private List<SqlOperator> look(
            SqlIdentifier name, @Nullable SqlFunctionCategory category, SqlSyntax syntax, SqlNameMatcher matcher) {
        if (name.isSimple() && matcher.matches(name.getSimple(), SqlLibraryOperators.TRY_CAST.getName())) {
            return List.of(SqlLibraryOperators.TRY_CAST);
        }
        List<SqlOperator> looked = new ArrayList<>();
        libraries.lookupOperatorOverloads(name, category, syntax, looked, matcher);
        return List.copyOf(chosen(looked));
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        List<SqlOperator> all = chosen(libraries.getOperatorList());
        all.add(SqlLibraryOperators.TRY_CAST);
        return all;
    }
}
