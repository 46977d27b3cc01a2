package io.millrace.engine.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The forms that are not meant to give what DuckDB gives, each with the reason; {@code docs/sql-dialect.md} tells them. {@link EveryFormTest}
 * asserts that every one of them still differs: one that does not fails there until it is taken off the list, and is compared from then on.
 */
final class KnownDifferences {

    /** {@link Form#key} to why. */
    private static final Map<String, String> ALL = new LinkedHashMap<>();

    static {
        for (String type : List.of("REAL", "DOUBLE")) {
            ALL.put("({0} / {1}) of " + type + ", " + type, "a division by zero is an error, as in PostgreSQL");
            ALL.put("CAST({0} AS VARCHAR) of " + type, "floating-point numbers are written as Java writes them");
        }
        ALL.put("CAST({0} AS REAL) of DOUBLE", "a number too large for REAL is infinite, in DuckDB an error");
        ALL.put(
                "CAST({0} AS DECIMAL(12, 3)) of REAL",
                "the exact value of the REAL is taken; DuckDB multiplies in REAL");
    }

    private KnownDifferences() {}

    static Map<String, String> all() {
        return Map.copyOf(ALL);
    }

    /** The forms that agree with DuckDB, which is what random queries are made of. */
    static List<Form> agreeing(List<Form> forms) {
        return forms.stream().filter(form -> !ALL.containsKey(form.key())).toList();
    }
}
