package io.millrace.engine.differential;

import static io.millrace.engine.differential.ColumnType.BIGINT;
import static io.millrace.engine.differential.ColumnType.DECIMAL;
import static io.millrace.engine.differential.ColumnType.DOUBLE;
import static io.millrace.engine.differential.ColumnType.INTEGER;
import static io.millrace.engine.differential.ColumnType.REAL;
import static io.millrace.engine.differential.ColumnType.TIMESTAMP;
import static io.millrace.engine.differential.ColumnType.VARCHAR;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.InvalidDocumentException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Expressions over numbers and times that once went wrong, each over one row, and what DuckDB gives for them. */
final class NumberQueriesTest {

    /** What both give where an expression fails. */
    private static final String FAILS = "fails";

    /**
     * An expression.
     *
     * @param name what is right about it
     * @param result its type
     * @param row the values of the columns a, b and so on, with their types before them
     * @param here as a step writes it
     * @param there as DuckDB writes it
     */
    private record Case(String name, ColumnType result, List<Object> row, String here, String there) {

        @Override
        public String toString() {
            return name;
        }

        ColumnType type(int column) {
            return (ColumnType) row.get(2 * column);
        }

        List<ColumnType> types() {
            List<ColumnType> types = new ArrayList<>();
            for (int i = 0; 2 * i < row.size(); i++) {
                types.add(type(i));
            }
            return types;
        }

        Object[] values() {
            Object[] values = new Object[row.size() / 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = row.get(2 * i + 1);
            }
            return values;
        }

        List<String> names() {
            List<String> names = new ArrayList<>();
            for (int i = 0; 2 * i < row.size(); i++) {
                names.add(String.valueOf((char) ('a' + i)));
            }
            return names;
        }
    }

    private static Case same(String name, ColumnType result, String both, Object... row) {
        return new Case(name, result, List.of(row), both, both);
    }

    private static Case of(String name, ColumnType result, String here, String there, Object... row) {
        return new Case(name, result, List.of(row), here, there);
    }

    static Stream<Case> cases() {
        return Stream.of(casts(), notANumber(), times()).flatMap(cases -> cases);
    }

    private static Stream<Case> casts() {
        BigDecimal half = new BigDecimal("-2.500");
        return Stream.of(
                same("a half rounds away from zero", INTEGER, "CAST(a AS INTEGER)", DECIMAL, half),
                same("the half of a literal, too", INTEGER, "CAST(2.5 AS INTEGER) + a", INTEGER, 0),
                same("the half of a DOUBLE rounds to even", INTEGER, "CAST(a AS INTEGER)", DOUBLE, 2.5),
                same("and that of a literal", BIGINT, "CAST(2.5e0 AS BIGINT) + a", BIGINT, 0L),
                same(
                        "a DECIMAL rounds to less of one",
                        DECIMAL,
                        "CAST(a AS DECIMAL(4, 1))",
                        DECIMAL,
                        new BigDecimal("0.450")),
                same("a DOUBLE rounds to a DECIMAL", DECIMAL, "CAST(a AS DECIMAL(12, 3))", DOUBLE, 1.0625),
                same("a text rounds to a DECIMAL", DECIMAL, "CAST(a AS DECIMAL(12, 3))", VARCHAR, "-1.0005"),
                same(
                        "what rounds out of a range fails",
                        INTEGER,
                        "CAST(CAST(a AS TINYINT) AS INTEGER)",
                        DECIMAL,
                        new BigDecimal("127.500")),
                same(
                        "a cast to DECIMAL checks its digits inside another",
                        DOUBLE,
                        "CAST(CAST(ROUND(a, 2) AS DECIMAL(12, 3)) AS DOUBLE)",
                        DECIMAL,
                        new BigDecimal("999999999.999")),
                same(
                        "a rounded DECIMAL may have a digit more",
                        DOUBLE,
                        "CAST(ROUND(a) AS DOUBLE)",
                        DECIMAL,
                        new BigDecimal("999999999.999")),
                same(
                        "a cast to INTEGER checks its range inside another",
                        BIGINT,
                        "CAST(CAST(a AS INTEGER) AS BIGINT)",
                        BIGINT,
                        3_000_000_000L),
                same(
                        "a DECIMAL has a zero before its point",
                        VARCHAR,
                        "CAST(a AS VARCHAR)",
                        DECIMAL,
                        new BigDecimal("-0.500")),
                same(
                        "the digits of a wider DECIMAL are written",
                        VARCHAR,
                        "CAST(CAST(a AS DECIMAL(12, 5)) AS VARCHAR)",
                        DECIMAL,
                        half),
                same(
                        "a REAL literal is rounded to one",
                        DOUBLE,
                        "CAST(CAST(0.1e0 AS REAL) AS DOUBLE) + a",
                        DOUBLE,
                        0.0),
                same("and one too small for a REAL is zero", ColumnType.BOOLEAN, "CAST(-1e-60 AS REAL) = a", REAL, 0f),
                same("NaN is a number of a text", DOUBLE, "CAST(a AS DOUBLE)", VARCHAR, "NaN"),
                same("so is Infinity", DOUBLE, "CAST(CAST(a AS REAL) AS DOUBLE)", VARCHAR, "-Infinity"),
                of("a root of -Infinity is NaN", DOUBLE, "SQRT(a)", "'NaN'::DOUBLE", DOUBLE, Double.NEGATIVE_INFINITY),
                same("a power of an infinite number", DOUBLE, "POWER(a, 2)", DOUBLE, Double.NEGATIVE_INFINITY),
                same("a power of a REAL", DOUBLE, "POWER(a, 2)", REAL, 1.5f),
                same("NaN rounded is NaN", DOUBLE, "ROUND(a, 2)", DOUBLE, Double.NaN),
                same(
                        "the text of a number is no timestamp",
                        TIMESTAMP,
                        "CAST(CAST(a AS VARCHAR) AS TIMESTAMP)",
                        BIGINT,
                        3L),
                of(
                        "a text cut is no longer what it was",
                        VARCHAR,
                        "CAST(CAST(a AS VARCHAR(2)) AS VARCHAR)",
                        "left(a, 2)",
                        VARCHAR,
                        "abc"));
    }

    private static Stream<Case> notANumber() {
        List<Case> cases = new ArrayList<>();
        for (String expression : List.of(
                "a = a",
                "a <> a",
                "a > b",
                "a < b",
                "NOT (b < a)",
                "a BETWEEN b AND a",
                "a IN (b, a)",
                "a IN (1e0, 2e0, 3e0, 4e0)",
                "a NOT IN (1e0, 2e0, 3e0, 4e0)",
                "a IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, CAST('NaN' AS DOUBLE))",
                "a NOT IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17)",
                "c IN (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)",
                "c IN (0e0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, NULL)",
                "c NOT IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, NULL)",
                "d IN (0.1e0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, CAST('-0' AS DOUBLE))",
                "NULLIF(a, a) IS NULL",
                "CASE a WHEN b THEN FALSE WHEN a THEN TRUE END",
                "GREATEST(a, b) = a",
                "LEAST(a, b) = b",
                "a IS NOT DISTINCT FROM a",
                "a IS DISTINCT FROM b",
                "c = d",
                "c < d")) {
            cases.add(same(
                    expression,
                    ColumnType.BOOLEAN,
                    expression,
                    DOUBLE,
                    Double.NaN,
                    DOUBLE,
                    Double.POSITIVE_INFINITY,
                    DOUBLE,
                    -0.0,
                    REAL,
                    0f));
        }
        for (String value : List.of("a", "c", "CAST(7 AS INTEGER)")) {
            for (String comparison : List.of("=", "<>", "<", "<=", ">", ">=")) {
                for (String quantifier : List.of("ANY", "ALL")) {
                    for (String array : List.of("a, b", "c, d, NULL", "a, NULL")) {
                        cases.add(of(
                                value + " " + comparison + " " + quantifier + " (" + array + ")",
                                ColumnType.BOOLEAN,
                                value + " " + comparison + " " + quantifier + " (ARRAY[" + array + "])",
                                value + " " + comparison + " " + quantifier + " (SELECT unnest([" + array + "]))",
                                DOUBLE,
                                Double.NaN,
                                DOUBLE,
                                Double.POSITIVE_INFINITY,
                                DOUBLE,
                                -0.0,
                                REAL,
                                0f));
                    }
                }
            }
        }
        return cases.stream();
    }

    private static Stream<Case> times() {
        long day = 86_400_000L;
        return Stream.of(
                same("a whole number is no time", ColumnType.TIME, "CAST(a AS TIME)", VARCHAR, "-1"),
                same("nor is what has too many seconds", ColumnType.TIME, "CAST(a AS TIME)", VARCHAR, "12:34:60"),
                same("a time needs no seconds", ColumnType.TIME, "CAST(a AS TIME)", VARCHAR, "12:34"),
                same("a timestamp needs no seconds", TIMESTAMP, "CAST(a AS TIMESTAMP)", VARCHAR, "2020-02-29 12:34"),
                same("a T may be before its time", TIMESTAMP, "CAST(a AS TIMESTAMP)", VARCHAR, "2020-02-29T12:34:56.5"),
                of(
                        "the second that has begun before 1970",
                        BIGINT,
                        "EXTRACT(EPOCH FROM a)",
                        "CAST(floor(epoch(a)) AS BIGINT)",
                        TIMESTAMP,
                        -1L),
                of(
                        "whole months backwards",
                        INTEGER,
                        "TIMESTAMPDIFF(MONTH, a, b)",
                        "CAST(date_sub('month', a, b) AS INTEGER)",
                        TIMESTAMP,
                        14 * day,
                        TIMESTAMP,
                        0L),
                of(
                        "whole quarters backwards",
                        INTEGER,
                        "TIMESTAMPDIFF(QUARTER, a, b)",
                        "CAST(date_sub('quarter', a, b) AS INTEGER)",
                        TIMESTAMP,
                        200 * day,
                        TIMESTAMP,
                        0L),
                of(
                        "whole years backwards",
                        INTEGER,
                        "TIMESTAMPDIFF(YEAR, a, b)",
                        "CAST(date_sub('year', a, b) AS INTEGER)",
                        TIMESTAMP,
                        366 * day,
                        TIMESTAMP,
                        day));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldGiveWhatDuckDbGives(Case given) throws SQLException, InvalidDocumentException {
        Object there;
        try (DuckDb duckDb = DuckDb.open()) {
            duckDb.createTable("t", "id", given.names(), given.types(), List.<Object[]>of(given.values()));
            there = duckDb(duckDb, given);
        }
        Object here = engine(given);

        assertThat(FAILS.equals(there) ? here.equals(there) : Values.isSame(given.result(), here, there, 0))
                .as("here %s, in DuckDB %s", here, there)
                .isTrue();
    }

    private static Object duckDb(DuckDb duckDb, Case given) {
        try {
            return duckDb.query("SELECT " + given.result().plain(given.there()) + " FROM t")
                    .get(0)[0];
        } catch (SQLException e) {
            return FAILS;
        }
    }

    private static Object engine(Case given) throws InvalidDocumentException {
        StringBuilder columns = new StringBuilder();
        for (int i = 0; i < given.names().size(); i++) {
            columns.append(i == 0 ? "" : ", ")
                    .append(given.names().get(i))
                    .append(' ')
                    .append(given.types().get(i).here());
        }
        SqlResult result = SqlRun.plan(
                        List.of(RelationSpec.stream("t", columns.toString())),
                        Map.of("s", "SELECT " + given.here() + " AS x FROM t"))
                .run(List.<Input>of(Input.row("t", given.values())));
        return result.quarantine().isEmpty() ? result.step("s").records().get(0).value()[0] : FAILS;
    }
}
