package io.millrace.engine.sql;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/** Calcite's functions that no query may use, and why. */
final class RefusedFunctions {

    private static final String NOT_REPEATABLE =
            "gives another value each time, and a row that is computed again after a failure must come out the same; "
                    + "a hash of the row's columns, MD5(a || b), is as good";
    private static final String NO_USER = "has no answer: a pipeline runs for no user, in no catalog";
    private static final String XML =
            "is refused, since an XML document may name files and addresses for its reader to open";
    private static final String NO_SEQUENCE = "has no answer: there are no sequences";

    private static final Map<String, String> REASONS = reasons();

    private RefusedFunctions() {}

    private static Map<String, String> reasons() {
        Map<String, String> reasons = new HashMap<>();
        List.of("RAND", "RANDOM", "RAND_INTEGER", "UUID", "GEN_RANDOM_UUID", "GENERATE_UUID")
                .forEach(name -> reasons.put(name, NOT_REPEATABLE));
        List.of(
                        "USER",
                        "CURRENT_USER",
                        "SESSION_USER",
                        "SYSTEM_USER",
                        "CURRENT_ROLE",
                        "CURRENT_PATH",
                        "CURRENT_CATALOG",
                        "CURRENT_SCHEMA")
                .forEach(name -> reasons.put(name, NO_USER));
        List.of("EXTRACTVALUE", "EXTRACT(XML)", "EXISTSNODE", "XMLTRANSFORM").forEach(name -> reasons.put(name, XML));
        List.of("NEXT_VALUE", "CURRENT_VALUE").forEach(name -> reasons.put(name, NO_SEQUENCE));
        return Map.copyOf(reasons);
    }

    /** Why no query may use the function of this name; null when it may. */
    static @Nullable String reason(String name) {
        return REASONS.get(name.toUpperCase(Locale.ROOT));
    }

    /**
     * Refuses a function that no query may use.
     *
     * @throws UnsupportedOperationException with the reason
     */
    static void check(SqlOperator operator) {
        String reason = operator instanceof SqlFunction && !operator.isAggregator() ? reason(operator.getName()) : null;
        if (reason != null) {
            throw new UnsupportedOperationException(operator.getName() + " " + reason);
        }
    }
}
