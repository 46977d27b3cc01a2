package io.millrace.engine.differential;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The forms that do not give what DuckDB gives, each with the reason. {@link EveryFormTest} asserts that every one of them still
 * differs: a form that was mended fails there until it is taken off the list, and is compared from then on.
 */
final class KnownDifferences {

    enum Kind {
        /** Wrong, or at least not what the documentation promises. */
        BUG,
        /** A difference of dialect that stays; {@code docs/sql-dialect.md} tells it. */
        DIALECT
    }

    /**
     * A form that differs.
     *
     * @param form {@link Form#key}
     * @param onlyOdd whether it does so only on values that are not {@link Values#tame}, so that random queries may use it
     */
    record Known(String form, Kind kind, boolean onlyOdd, String reason) {}

    private static final Map<String, Known> ALL = new LinkedHashMap<>();

    private static final String CODE_UNITS = "characters beyond the basic plane count as two and are cut in half";

    static {
        texts();
        for (String type : List.of("REAL", "DOUBLE")) {
            dialect("({0} / {1}) of " + type + ", " + type, "a division by zero is an error, as in PostgreSQL");
        }
        dialect("CAST({0} AS REAL) of DOUBLE", "a number too large for REAL is infinite, in DuckDB an error");
        dialect(
                "CAST({0} AS DECIMAL(12, 3)) of REAL",
                "the exact value of the REAL is taken; DuckDB multiplies in REAL");
        dialect("CAST({0} AS VARCHAR) of REAL", "floating-point numbers are written as Java writes them");
        dialect("CAST({0} AS VARCHAR) of DOUBLE", "floating-point numbers are written as Java writes them");
    }

    private KnownDifferences() {}

    private static void texts() {
        for (String function : List.of(
                "SUBSTRING({0} FROM 2)",
                "SUBSTRING({0} FROM 1 FOR 2)",
                "SUBSTRING({0} FROM 2 FOR 1)",
                "LEFT({0}, 2)",
                "RIGHT({0}, 2)",
                "CHAR_LENGTH({0})",
                "POSITION('b' IN {0})")) {
            oddBug(function + " of VARCHAR", CODE_UNITS);
        }
        bug(
                "LPAD({0}, 4, '*') of VARCHAR",
                "of a null it is null, but its type says NOT NULL: the row goes to quarantine");
        bug(
                "RPAD({0}, 4, '*') of VARCHAR",
                "of a null it is null, but its type says NOT NULL: the row goes to quarantine");
        bug("OVERLAY({0} PLACING 'Z' FROM 2) of VARCHAR", "behind the end of a text it is an error");
    }

    private static void bug(String form, String reason) {
        ALL.put(form, new Known(form, Kind.BUG, false, reason));
    }

    private static void oddBug(String form, String reason) {
        ALL.put(form, new Known(form, Kind.BUG, true, reason));
    }

    private static void dialect(String form, String reason) {
        ALL.put(form, new Known(form, Kind.DIALECT, false, reason));
    }

    static Map<String, Known> all() {
        return Map.copyOf(ALL);
    }

    /** The forms that agree with DuckDB on every tame value, which is what random queries are made of. */
    static List<Form> agreeing(List<Form> forms) {
        return forms.stream()
                .filter(form -> {
                    Known known = ALL.get(form.key());
                    return known == null || known.onlyOdd();
                })
                .collect(Collectors.toUnmodifiableList());
    }
}
