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

    /** What the engine says of a query whose condition is never true. */
    static final String NEVER_TRUE = "The condition is never true";

    private static final List<String> REFUSALS = List.of(NEVER_TRUE);

    private static final String NOT_A_NUMBER =
            "NaN equals nothing and compares with nothing, but NOT (a < NaN) is false too, since it is read as a >= NaN";
    private static final String ROUNDING = "a cast to fewer digits cuts off where PostgreSQL and DuckDB round";
    private static final String CODE_UNITS = "characters beyond the basic plane count as two and are cut in half";

    static {
        notANumber();
        for (String to : List.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT")) {
            for (String from : List.of("DECIMAL", "REAL", "DOUBLE")) {
                bug("CAST({0} AS " + to + ") of " + from, ROUNDING);
            }
        }
        bug("CAST({0} AS DECIMAL(12, 3)) of DOUBLE", ROUNDING);
        bug("CAST({0} * {1} AS DECIMAL(12, 3)) of DECIMAL, DECIMAL", ROUNDING);
        texts();
        bug("SQRT({0}) of DOUBLE", "the root of -Infinity is Infinity instead of NaN");
        bug("EXTRACT(EPOCH FROM {0}) of TIMESTAMP", "before 1970 a fraction of a second rounds up");
        bug(
                "TIMESTAMPDIFF(MONTH, {0}, {1}) of TIMESTAMP, TIMESTAMP",
                "backwards, a month that has begun counts as one");
        bug("TIMESTAMPDIFF(YEAR, {0}, {1}) of TIMESTAMP, TIMESTAMP", "backwards, a year that has begun counts as one");
        bug("CAST({0} AS VARCHAR) of DECIMAL", "between -1 and 1 the zero before the point is missing: .5");
        for (String type : List.of("REAL", "DOUBLE")) {
            dialect("({0} / {1}) of " + type + ", " + type, "a division by zero is an error, as in PostgreSQL");
            bug("CAST({0} AS " + type + ") of VARCHAR", "the texts NaN and Infinity are no numbers");
        }
        bug("CAST({0} AS TIME) of VARCHAR", "any number is read as hours, a negative one too");
        dialect("CAST({0} AS REAL) of DOUBLE", "a number too large for REAL is infinite, in DuckDB an error");
        dialect(
                "CAST({0} AS DECIMAL(12, 3)) of REAL",
                "the exact value of the REAL is taken; DuckDB multiplies in REAL");
        dialect("CAST({0} AS VARCHAR) of REAL", "floating-point numbers are written as Java writes them");
        dialect("CAST({0} AS VARCHAR) of DOUBLE", "floating-point numbers are written as Java writes them");
    }

    private KnownDifferences() {}

    private static void notANumber() {
        for (String type : List.of("REAL", "DOUBLE")) {
            for (String comparison :
                    List.of("=", "<>", "<", "<=", ">", ">=", "IS DISTINCT FROM", "IS NOT DISTINCT FROM")) {
                oddBug("({0} " + comparison + " {1}) of " + type + ", " + type, NOT_A_NUMBER);
            }
            oddBug("({0} BETWEEN {1} AND {2}) of " + type + ", " + type + ", " + type, NOT_A_NUMBER);
            oddBug("({0} NOT BETWEEN {1} AND {2}) of " + type + ", " + type + ", " + type, NOT_A_NUMBER);
            oddBug("NULLIF({0}, {1}) of " + type + ", " + type, NOT_A_NUMBER);
        }
        oddBug("({0} < {1}) of INTEGER, DOUBLE", NOT_A_NUMBER);
        oddBug("({0} < {1}) of REAL, DOUBLE", NOT_A_NUMBER);
    }

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

    /** Whether the planner leaves a part of the query away that could fail, as {@link KnownQueriesTest} asserts. */
    static boolean isKnownSimplification(String here) {
        return here.contains("(- (-") || here.contains(" LIKE '%')");
    }

    /** Whether a query cannot be run for a reason that {@link KnownQueriesTest} asserts. */
    static boolean isKnownRefusal(String error) {
        return REFUSALS.stream().anyMatch(error::contains);
    }

    static Map<String, Known> all() {
        return Map.copyOf(ALL);
    }

    /** Whether a form can make NaN of numbers that are tame, on which the next one would differ. */
    private static boolean makesNaN(Form form) {
        return form.here().equals("({0} / {1})") && !ColumnType.WHOLE.contains(form.result());
    }

    /** The forms that agree with DuckDB on every tame value, which is what random queries are made of. */
    static List<Form> agreeing(List<Form> forms) {
        return forms.stream()
                .filter(form -> {
                    Known known = ALL.get(form.key());
                    return (known == null || known.onlyOdd()) && !makesNaN(form);
                })
                .collect(Collectors.toUnmodifiableList());
    }
}
