package io.millrace.engine.differential;

import static io.millrace.engine.differential.ColumnType.BIGINT;
import static io.millrace.engine.differential.ColumnType.BOOLEAN;
import static io.millrace.engine.differential.ColumnType.DATE;
import static io.millrace.engine.differential.ColumnType.DECIMAL;
import static io.millrace.engine.differential.ColumnType.DOUBLE;
import static io.millrace.engine.differential.ColumnType.INTEGER;
import static io.millrace.engine.differential.ColumnType.REAL;
import static io.millrace.engine.differential.ColumnType.SMALLINT;
import static io.millrace.engine.differential.ColumnType.TIME;
import static io.millrace.engine.differential.ColumnType.TIMESTAMP;
import static io.millrace.engine.differential.ColumnType.TINYINT;
import static io.millrace.engine.differential.ColumnType.VARBINARY;
import static io.millrace.engine.differential.ColumnType.VARCHAR;
import static io.millrace.engine.differential.ColumnType.WHOLE;
import static io.millrace.engine.differential.Form.Trait.FAILS;
import static io.millrace.engine.differential.Form.Trait.INEXACT;
import static io.millrace.engine.differential.Form.Trait.LAZY;
import static io.millrace.engine.differential.Form.Trait.TOTAL;

import java.util.ArrayList;
import java.util.List;

/** Every operator and function that is compared, in both dialects. Where they mean different things, DuckDB's side is spelt out. */
final class Forms {

    /** DuckDB's error() may not stand in a TRY. */
    private static final String ZERO_FAILS = "CAST('division by zero' AS INTEGER)";

    private final List<Form> forms = new ArrayList<>();

    private Forms() {}

    static List<Form> all() {
        Forms all = new Forms();
        ColumnType.ALL.forEach(all::everyType);
        all.logic();
        WHOLE.forEach(all::whole);
        all.mixedNumbers();
        all.decimals();
        all.floating();
        all.texts();
        all.times();
        all.casts();
        return List.copyOf(all.forms);
    }

    private void same(ColumnType result, String both, Form.Trait trait, ColumnType... operands) {
        forms.add(new Form(result, List.of(operands), both, both, trait));
    }

    private void form(ColumnType result, String here, String there, Form.Trait trait, ColumnType... operands) {
        forms.add(new Form(result, List.of(operands), here, there, trait));
    }

    private void everyType(ColumnType type) {
        for (String comparison : List.of("=", "<>", "<", "<=", ">", ">=")) {
            same(BOOLEAN, "({0} " + comparison + " {1})", TOTAL, type, type);
        }
        same(BOOLEAN, "({0} IS NULL)", LAZY, type);
        same(BOOLEAN, "({0} IS NOT NULL)", LAZY, type);
        same(BOOLEAN, "({0} IS DISTINCT FROM {1})", TOTAL, type, type);
        same(BOOLEAN, "({0} IS NOT DISTINCT FROM {1})", TOTAL, type, type);
        same(BOOLEAN, "({0} BETWEEN {1} AND {2})", LAZY, type, type, type);
        same(BOOLEAN, "({0} NOT BETWEEN {1} AND {2})", LAZY, type, type, type);
        same(BOOLEAN, "({0} IN ({1}, {2}))", LAZY, type, type, type);
        same(BOOLEAN, "({0} NOT IN ({1}, {2}, {3}))", LAZY, type, type, type, type);
        same(type, "CASE WHEN {0} THEN {1} ELSE {2} END", TOTAL, BOOLEAN, type, type);
        same(type, "CASE WHEN {0} THEN {1} WHEN {2} THEN {3} END", TOTAL, BOOLEAN, type, BOOLEAN, type);
        same(type, "CASE {0} WHEN {1} THEN {2} ELSE {3} END", LAZY, INTEGER, INTEGER, type, type);
        same(type, "COALESCE({0}, {1})", TOTAL, type, type);
        same(type, "COALESCE({0}, {1}, {2})", TOTAL, type, type, type);
        same(type, "NULLIF({0}, {1})", TOTAL, type, type);
    }

    private void logic() {
        same(BOOLEAN, "({0} AND {1})", LAZY, BOOLEAN, BOOLEAN);
        same(BOOLEAN, "({0} OR {1})", LAZY, BOOLEAN, BOOLEAN);
        same(BOOLEAN, "(NOT {0})", TOTAL, BOOLEAN);
        for (String test : List.of("TRUE", "FALSE", "NOT TRUE", "NOT FALSE")) {
            same(BOOLEAN, "({0} IS " + test + ")", TOTAL, BOOLEAN);
        }
        form(BOOLEAN, "({0} IS UNKNOWN)", "({0} IS NULL)", TOTAL, BOOLEAN);
        for (String pattern : List.of("%", "", "_", "a%", "%b", "%a%b%", "_b_", "%é%", "__")) {
            same(BOOLEAN, "({0} LIKE '" + pattern + "')", TOTAL, VARCHAR);
        }
        same(BOOLEAN, "({0} NOT LIKE '%a%')", TOTAL, VARCHAR);
        same(BOOLEAN, "({0} LIKE '%!%%' ESCAPE '!')", TOTAL, VARCHAR);
        same(BOOLEAN, "({0} LIKE '%!_%' ESCAPE '!')", TOTAL, VARCHAR);
        same(BOOLEAN, "STARTS_WITH({0}, {1})", TOTAL, VARCHAR, VARCHAR);
        same(BOOLEAN, "ENDS_WITH({0}, {1})", TOTAL, VARCHAR, VARCHAR);
    }

    private void whole(ColumnType type) {
        same(type, "({0} + {1})", FAILS, type, type);
        same(type, "({0} - {1})", FAILS, type, type);
        same(type, "({0} * {1})", FAILS, type, type);
        same(type, "(- {0})", FAILS, type);
        same(type, "ABS({0})", FAILS, type);
        form(
                type,
                "({0} / {1})",
                "CAST(CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO_FAILS + " ELSE {0} // {1} END AS "
                        + type.there() + ")",
                FAILS,
                type,
                type);
        form(
                type,
                "MOD({0}, {1})",
                "CAST(CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO_FAILS
                        + " WHEN {1} = -1 THEN {0} - {0} ELSE {0} % {1} END AS " + type.there() + ")",
                FAILS,
                type,
                type);
        form(type, "SIGN({0})", "CAST(SIGN({0}) AS " + type.there() + ")", TOTAL, type);
        // Of whole numbers there is nothing to round; DuckDB makes them DOUBLE.
        form(type, "FLOOR({0})", "{0}", TOTAL, type);
        form(type, "CEIL({0})", "{0}", TOTAL, type);
        // Arithmetic that cannot overflow
        same(type, "(MOD({0}, CAST(10 AS " + type + ")) + MOD({1}, CAST(10 AS " + type + ")))", TOTAL, type, type);
        same(type, "(MOD({0}, CAST(10 AS " + type + ")) - MOD({1}, CAST(10 AS " + type + ")))", TOTAL, type, type);
        same(type, "(MOD({0}, CAST(10 AS " + type + ")) * MOD({1}, CAST(10 AS " + type + ")))", TOTAL, type, type);
        same(type, "(- MOD({0}, CAST(10 AS " + type + ")))", TOTAL, type);
        same(type, "ABS(MOD({0}, CAST(10 AS " + type + ")))", TOTAL, type);
    }

    private void mixedNumbers() {
        for (int narrow = 0; narrow < WHOLE.size(); narrow++) {
            for (int wide = narrow + 1; wide < WHOLE.size(); wide++) {
                ColumnType left = WHOLE.get(narrow);
                ColumnType right = WHOLE.get(wide);
                same(right, "({0} + {1})", FAILS, left, right);
                same(right, "({0} - {1})", FAILS, right, left);
                same(BOOLEAN, "({0} < {1})", TOTAL, left, right);
                same(BOOLEAN, "({0} = {1})", TOTAL, left, right);
                same(right, "COALESCE({0}, {1})", TOTAL, left, right);
            }
        }
        same(BOOLEAN, "({0} = {1})", TOTAL, INTEGER, DECIMAL);
        same(BOOLEAN, "({0} > {1})", TOTAL, DECIMAL, INTEGER);
        same(BOOLEAN, "({0} < {1})", TOTAL, INTEGER, DOUBLE);
        same(BOOLEAN, "({0} = {1})", TOTAL, DOUBLE, INTEGER);
        same(BOOLEAN, "({0} < {1})", TOTAL, REAL, DOUBLE);
        same(BIGINT, "(CAST({0} AS BIGINT) + {1})", TOTAL, INTEGER, SMALLINT);
        same(BIGINT, "(CAST({0} AS BIGINT) * {1})", TOTAL, INTEGER, INTEGER);
        same(DOUBLE, "({0} + {1})", TOTAL, INTEGER, DOUBLE);
        same(DOUBLE, "({0} * {1})", TOTAL, DOUBLE, BIGINT);
        same(DOUBLE, "({0} - {1})", TOTAL, REAL, DOUBLE);
        same(DOUBLE, "COALESCE({0}, {1})", TOTAL, INTEGER, DOUBLE);
    }

    private void decimals() {
        for (String operator : List.of("+", "-", "*")) {
            same(DECIMAL, "CAST({0} " + operator + " {1} AS DECIMAL(12, 3))", FAILS, DECIMAL, DECIMAL);
            same(DECIMAL, "CAST({0} " + operator + " {1} AS DECIMAL(12, 3))", FAILS, DECIMAL, INTEGER);
        }
        same(DECIMAL, "(- {0})", TOTAL, DECIMAL);
        same(DECIMAL, "ABS({0})", TOTAL, DECIMAL);
        same(DECIMAL, "CAST(FLOOR({0}) AS DECIMAL(12, 3))", FAILS, DECIMAL);
        same(DECIMAL, "CAST(CEIL({0}) AS DECIMAL(12, 3))", FAILS, DECIMAL);
        same(DECIMAL, "CAST(ROUND({0}) AS DECIMAL(12, 3))", FAILS, DECIMAL);
        same(DECIMAL, "CAST(ROUND({0}, 1) AS DECIMAL(12, 3))", FAILS, DECIMAL);
        same(DECIMAL, "CAST(ROUND({0}, 2) AS DECIMAL(12, 3))", FAILS, DECIMAL);
        form(
                DECIMAL,
                "CAST(TRUNCATE({0}, 1) AS DECIMAL(12, 3))",
                "CAST(trunc({0} * 10) / 10 AS DECIMAL(12, 3))",
                TOTAL,
                DECIMAL);
        form(
                DECIMAL,
                "CAST(MOD({0}, {1}) AS DECIMAL(12, 3))",
                "CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO_FAILS + " ELSE {0} % {1} END",
                FAILS,
                DECIMAL,
                DECIMAL);
    }

    private void floating() {
        for (ColumnType type : List.of(REAL, DOUBLE)) {
            for (String operator : List.of("+", "-", "*", "/")) {
                same(type, "({0} " + operator + " {1})", TOTAL, type, type);
            }
            same(type, "({0} / NULLIF({1}, 0))", TOTAL, type, type);
            String remainder = "CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO_FAILS + " ELSE {0} % {1} END";
            form(type, "MOD({0}, {1})", remainder, FAILS, type, type);
            form(type, "({0} % {1})", remainder, FAILS, type, type);
            same(type, "(- {0})", TOTAL, type);
            same(type, "ABS({0})", TOTAL, type);
            same(type, "FLOOR({0})", TOTAL, type);
            same(type, "CEIL({0})", TOTAL, type);
        }
        for (ColumnType type : List.of(REAL, DOUBLE, DECIMAL, INTEGER)) {
            same(type, "GREATEST({0}, {1})", TOTAL, type, type);
            same(type, "LEAST({0}, {1})", TOTAL, type, type);
        }
        form(
                DOUBLE,
                "MOD({0}, {1})",
                "CASE WHEN {1} = 0 AND {0} IS NOT NULL THEN " + ZERO_FAILS + " ELSE {0} % {1} END",
                FAILS,
                DOUBLE,
                INTEGER);
        same(DOUBLE, "ROUND({0})", TOTAL, DOUBLE);
        form(DOUBLE, "TRUNCATE({0})", "trunc({0})", TOTAL, DOUBLE);
        same(DOUBLE, "POWER({0}, 2)", INEXACT, DOUBLE);
        form(DOUBLE, "SIGN({0})", "CASE WHEN isnan({0}) THEN {0} ELSE sign({0}) END", TOTAL, DOUBLE);
        form(DOUBLE, "SQRT({0})", "CASE WHEN {0} < 0 THEN 'NaN'::DOUBLE ELSE sqrt({0}) END", TOTAL, DOUBLE);
        same(DOUBLE, "EXP({0})", INEXACT, DOUBLE);
        same(DOUBLE, "LN(ABS({0}) + 1)", INEXACT, DOUBLE);
        same(DOUBLE, "LOG10(ABS({0}) + 1)", INEXACT, DOUBLE);
        same(DOUBLE, "POWER({0}, 2e0)", INEXACT, DOUBLE);
        same(DOUBLE, "POWER({0}, {1})", INEXACT, INTEGER, TINYINT);
        same(DOUBLE, "SIN({0})", INEXACT, INTEGER);
        same(DOUBLE, "COS({0})", INEXACT, INTEGER);
        same(DOUBLE, "ATAN({0})", INEXACT, DOUBLE);
        // Which zero comes of ROUND and SIGN is not the same, and ATAN2 tells them apart.
        same(DOUBLE, "ATAN2({0} + 0e0, {1} + 0e0)", INEXACT, DOUBLE, DOUBLE);
        same(DOUBLE, "DEGREES({0})", INEXACT, DOUBLE);
        same(DOUBLE, "RADIANS({0})", INEXACT, DOUBLE);
        same(DOUBLE, "CBRT({0})", INEXACT, DOUBLE);
    }

    private void texts() {
        same(VARCHAR, "({0} || {1})", TOTAL, VARCHAR, VARCHAR);
        form(VARCHAR, "UPPER({0})", "upper(replace({0}, '\u00df', 'SS'))", TOTAL, VARCHAR);
        same(VARCHAR, "LOWER({0})", TOTAL, VARCHAR);
        same(VARCHAR, "TRIM({0})", TOTAL, VARCHAR);
        form(VARCHAR, "TRIM(LEADING ' ' FROM {0})", "ltrim({0}, ' ')", TOTAL, VARCHAR);
        form(VARCHAR, "TRIM(TRAILING 'b' FROM {0})", "rtrim({0}, 'b')", TOTAL, VARCHAR);
        same(VARCHAR, "REPLACE({0}, 'a', 'xy')", TOTAL, VARCHAR);
        same(VARCHAR, "SUBSTRING({0} FROM 2)", TOTAL, VARCHAR);
        same(VARCHAR, "SUBSTRING({0} FROM 1 FOR 2)", TOTAL, VARCHAR);
        same(VARCHAR, "SUBSTRING({0} FROM 2 FOR 1)", TOTAL, VARCHAR);
        same(VARCHAR, "SUBSTRING({0} FROM 3 FOR 9)", TOTAL, VARCHAR);
        same(VARCHAR, "LEFT({0}, 2)", TOTAL, VARCHAR);
        same(VARCHAR, "LEFT({0}, 1)", TOTAL, VARCHAR);
        same(VARCHAR, "RIGHT({0}, 2)", TOTAL, VARCHAR);
        // DuckDB keeps together what people see as one character.
        form(
                VARCHAR,
                "REVERSE({0})",
                "CASE WHEN {0} = '' THEN '' ELSE array_to_string(list_transform("
                        + "range(length({0}), 0, -1), lambda i: substring({0}, i, 1)), '') END",
                TOTAL,
                VARCHAR);
        same(VARCHAR, "LPAD({0}, 4, '*')", TOTAL, VARCHAR);
        same(VARCHAR, "RPAD({0}, 4, '*')", TOTAL, VARCHAR);
        same(VARCHAR, "LPAD('x', 4, NULLIF({0}, ''))", TOTAL, VARCHAR);
        form(VARCHAR, "CAST({0} AS VARCHAR(2))", "left({0}, 2)", TOTAL, VARCHAR);
        form(VARCHAR, "TRIM(BOTH {0} FROM {1})", "trim({1}, {0})", TOTAL, VARCHAR, VARCHAR);
        // Of a null DuckDB takes the one of BLOBs.
        form(VARCHAR, "REPEAT({0}, 2)", "CAST(REPEAT({0}, 2) AS VARCHAR)", TOTAL, VARCHAR);
        same(VARCHAR, "SPLIT_PART({0}, 'a', 1)", TOTAL, VARCHAR);
        same(VARCHAR, "TRANSLATE({0}, 'ab', 'xy')", TOTAL, VARCHAR);
        form(VARCHAR, "OVERLAY({0} PLACING 'Z' FROM 2)", "(left({0}, 1) || 'Z' || substring({0}, 3))", TOTAL, VARCHAR);
        same(VARCHAR, "MD5({0})", TOTAL, VARCHAR);
        // A length is a BIGINT there.
        form(INTEGER, "CHAR_LENGTH({0})", "CAST(length({0}) AS INTEGER)", TOTAL, VARCHAR);
        form(INTEGER, "POSITION('b' IN {0})", "CAST(position('b' IN {0}) AS INTEGER)", TOTAL, VARCHAR);
        form(INTEGER, "POSITION(({0} || '') IN {1})", "CAST(instr({1}, {0}) AS INTEGER)", TOTAL, VARCHAR, VARCHAR);
        form(INTEGER, "STRPOS({0}, {1})", "CAST(strpos({0}, {1}) AS INTEGER)", TOTAL, VARCHAR, VARCHAR);
        form(
                INTEGER,
                "POSITION(UPPER({0}) IN {1})",
                "CAST(instr({1}, upper(replace({0}, '\u00df', 'SS'))) AS INTEGER)",
                TOTAL,
                VARCHAR,
                VARCHAR);
        same(INTEGER, "ASCII({0})", TOTAL, VARCHAR);
        form(INTEGER, "OCTET_LENGTH({0})", "CAST(octet_length(CAST({0} AS BLOB)) AS INTEGER)", TOTAL, VARBINARY);
        same(VARBINARY, "({0} || {1})", TOTAL, VARBINARY, VARBINARY);
    }

    private void times() {
        for (String unit : List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "DOY", "ISODOW", "ISOYEAR", "DECADE")) {
            same(BIGINT, "EXTRACT(" + unit + " FROM {0})", TOTAL, DATE);
            same(BIGINT, "EXTRACT(" + unit + " FROM {0})", TOTAL, TIMESTAMP);
        }
        form(BIGINT, "EXTRACT(DOW FROM {0})", "(EXTRACT(DOW FROM {0}) + 1)", TOTAL, DATE);
        for (String unit : List.of("HOUR", "MINUTE", "SECOND", "MILLISECOND")) {
            same(BIGINT, "EXTRACT(" + unit + " FROM {0})", TOTAL, TIMESTAMP);
            same(BIGINT, "EXTRACT(" + unit + " FROM {0})", TOTAL, TIME);
        }
        form(BIGINT, "EXTRACT(EPOCH FROM {0})", "CAST(floor(epoch({0})) AS BIGINT)", TOTAL, TIMESTAMP);
        for (String unit : List.of("YEAR", "QUARTER", "MONTH", "WEEK", "DAY")) {
            String truncated = unit.equals("WEEK")
                    ? "(date_trunc('week', {0} + INTERVAL 1 DAY) - INTERVAL 1 DAY)"
                    : "date_trunc('" + unit + "', {0})";
            form(TIMESTAMP, "FLOOR({0} TO " + unit + ")", truncated, TOTAL, TIMESTAMP);
            form(DATE, "FLOOR({0} TO " + unit + ")", "CAST(" + truncated + " AS DATE)", TOTAL, DATE);
        }
        for (String unit : List.of("HOUR", "MINUTE", "SECOND")) {
            form(TIMESTAMP, "FLOOR({0} TO " + unit + ")", "date_trunc('" + unit + "', {0})", TOTAL, TIMESTAMP);
        }
        for (String interval : List.of("'3' DAY", "'25' HOUR", "'90' MINUTE", "'1' SECOND", "'1' MONTH", "'1' YEAR")) {
            same(TIMESTAMP, "({0} + INTERVAL " + interval + ")", TOTAL, TIMESTAMP);
            same(TIMESTAMP, "({0} - INTERVAL " + interval + ")", TOTAL, TIMESTAMP);
        }
        for (String interval : List.of("'3' DAY", "'1' MONTH", "'13' MONTH")) {
            form(
                    DATE,
                    "({0} + INTERVAL " + interval + ")",
                    "CAST({0} + INTERVAL " + interval + " AS DATE)",
                    TOTAL,
                    DATE);
            form(
                    DATE,
                    "({0} - INTERVAL " + interval + ")",
                    "CAST({0} - INTERVAL " + interval + " AS DATE)",
                    TOTAL,
                    DATE);
        }
        same(DATE, "LAST_DAY({0})", TOTAL, DATE);
        // By months DuckDB's date_sub counts from the last day of a month to the last of a shorter one as a whole one.
        for (String unit : List.of("DAY", "HOUR", "MONTH", "YEAR")) {
            String difference = switch (unit) {
                case "MONTH" -> "extract('year' FROM age({1}, {0})) * 12 + extract('month' FROM age({1}, {0}))";
                case "YEAR" -> "extract('year' FROM age({1}, {0}))";
                default -> "date_sub('" + unit + "', {0}, {1})";
            };
            form(
                    INTEGER,
                    "TIMESTAMPDIFF(" + unit + ", {0}, {1})",
                    "CAST(" + difference + " AS INTEGER)",
                    FAILS,
                    TIMESTAMP,
                    TIMESTAMP);
        }
        form(
                TIMESTAMP,
                "TIMESTAMPADD(DAY, CAST({1} AS INTEGER), {0})",
                "({0} + to_days(CAST({1} AS INTEGER)))",
                TOTAL,
                TIMESTAMP,
                TINYINT);
        form(
                TIMESTAMP,
                "TIMESTAMPADD(MONTH, CAST({1} AS INTEGER), {0})",
                "({0} + to_months(CAST({1} AS INTEGER)))",
                TOTAL,
                TIMESTAMP,
                TINYINT);
    }

    private void casts() {
        for (ColumnType from : List.of(TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, VARCHAR)) {
            for (ColumnType to : List.of(TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE)) {
                if (from == VARCHAR && WHOLE.contains(to)) {
                    // As in PostgreSQL, a text with a fraction or an exponent is no whole number.
                    form(
                            to,
                            "CAST({0} AS " + to.here() + ")",
                            "CAST(CASE WHEN {0} IS NULL OR regexp_full_match(trim({0}), '[+-]?[0-9]+') THEN {0}"
                                    + " ELSE 'no number' END AS " + to.there() + ")",
                            FAILS,
                            VARCHAR);
                } else if (from == VARCHAR && to == REAL) {
                    // As in PostgreSQL, a text of a number too large is an error; in DuckDB it is infinite.
                    form(
                            to,
                            "CAST({0} AS REAL)",
                            "CAST(CASE WHEN isinf(TRY_CAST({0} AS FLOAT)) AND NOT contains(lower({0}), 'inf')"
                                    + " THEN 'no number' ELSE {0} END AS FLOAT)",
                            FAILS,
                            VARCHAR);
                } else if (from != to) {
                    boolean widens = from.compareTo(to) < 0 && to != DECIMAL && from != VARCHAR;
                    cast(from, to, widens ? TOTAL : FAILS);
                }
            }
        }
        for (ColumnType from :
                List.of(TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL, REAL, DOUBLE, DATE, TIME, TIMESTAMP)) {
            cast(from, VARCHAR, TOTAL);
        }
        form(VARCHAR, "CAST({0} AS VARCHAR)", "upper(CAST({0} AS VARCHAR))", TOTAL, BOOLEAN);
        form(
                BOOLEAN,
                "CAST({0} AS BOOLEAN)",
                "CAST(CASE WHEN lower(trim({0})) IN ('true', 'false') THEN trim({0})"
                        + " WHEN {0} IS NOT NULL THEN 'no boolean' END AS BOOLEAN)",
                FAILS,
                VARCHAR);
        // Of a text that is a date with anything behind it DuckDB reads the date.
        form(
                DATE,
                "CAST(TRIM({0}) AS DATE)",
                "CAST(CASE WHEN {0} IS NULL OR regexp_full_match(trim({0}), '[0-9]+-[0-9][0-9]-[0-9][0-9]') THEN trim({0})"
                        + " ELSE 'no date' END AS DATE)",
                FAILS,
                VARCHAR);
        // Of a text that is a date and a time, or has a zone, DuckDB reads the time.
        form(
                TIME,
                "CAST({0} AS TIME)",
                "CAST(CASE WHEN {0} IS NULL OR regexp_full_match(trim({0}), '[0-9]+:[0-9]+(:[0-9]+([.][0-9]+)?)?')"
                        + " THEN trim({0}) ELSE 'no time' END AS TIME)",
                FAILS,
                VARCHAR);
        // No timestamp is infinite.
        form(
                TIMESTAMP,
                "CAST(TRIM({0}) AS TIMESTAMP)",
                "CAST(CASE WHEN regexp_matches(lower({0}), 'inf') THEN 'no timestamp' ELSE trim({0}) END AS TIMESTAMP)",
                FAILS,
                VARCHAR);
        cast(DATE, TIMESTAMP, TOTAL);
        cast(TIMESTAMP, DATE, TOTAL);
        cast(TIMESTAMP, TIME, TOTAL);
        same(INTEGER, "CAST(CAST({0} AS VARCHAR) AS INTEGER)", TOTAL, INTEGER);
    }

    private void cast(ColumnType from, ColumnType to, Form.Trait trait) {
        form(to, "CAST({0} AS " + to.here() + ")", "CAST({0} AS " + to.there() + ")", trait, from);
    }
}
