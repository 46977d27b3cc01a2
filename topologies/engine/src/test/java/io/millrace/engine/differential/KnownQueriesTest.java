package io.millrace.engine.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.InvalidDocumentException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Queries of one row that are known to go wrong, each as small as it could be made, with what they should give. A query that
 * gives it fails here: take it off the list and let the random queries have what it stood for.
 */
final class KnownQueriesTest {

    private static final List<Object> NO_ROW = List.of();

    /**
     * A query that goes wrong.
     *
     * @param name what is wrong
     * @param columns of the relation {@code t}
     * @param row its only row
     * @param query the query, of one column
     * @param right the value that it should give, in a list; none when the row should be left out
     */
    private record Wrong(String name, String columns, Object[] row, String query, List<Object> right) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Wrong wrong(String name, String columns, Object[] row, String query, Object right) {
        return new Wrong(name, columns, row, query, right == NO_ROW ? NO_ROW : Arrays.asList(right));
    }

    private static Object[] row(Object... values) {
        return values;
    }

    static Stream<Wrong> wrongQueries() {
        Object[] oneNull = {null};
        return Stream.of(
                wrong(
                        "a null from COALESCE equals zero in the condition of a CASE",
                        "a INT, b INT",
                        row(null, null),
                        "SELECT CASE WHEN COALESCE(a, b) = 0 THEN 'zero' ELSE 'other' END AS x FROM t",
                        "other"),
                wrong(
                        "a null that COALESCE replaces is null again in NULLIF",
                        "a DOUBLE",
                        oneNull,
                        "SELECT NULLIF(COALESCE(a, 4.25e0), 0) AS x FROM t",
                        4.25),
                wrong(
                        "a null from COALESCE is compared as zero in WHERE",
                        "a REAL",
                        oneNull,
                        "SELECT 1 AS x FROM t WHERE CAST(5e0 AS REAL) <> COALESCE(a, a + CAST(1e0 AS REAL))",
                        NO_ROW),
                wrong(
                        "a CASE that is NOT BETWEEN a number and NULL is let through",
                        "a DECIMAL(12, 3), b INT",
                        row(new java.math.BigDecimal("0.041"), null),
                        "SELECT 1 AS x FROM t WHERE CASE WHEN COALESCE(b, -2) = 0 THEN -3.110 ELSE 4.990 END"
                                + " NOT BETWEEN a AND CAST(NULL AS DECIMAL(12, 3))",
                        NO_ROW),
                wrong(
                        "a unit of time in two branches of a COALESCE cannot be compiled",
                        "a TIMESTAMP, b TIMESTAMP",
                        row(null, 0L),
                        "SELECT COALESCE(EXTRACT(MONTH FROM a), EXTRACT(MONTH FROM b)) AS x FROM t",
                        1L),
                wrong(
                        "a condition that is never true is refused",
                        "a INT",
                        row(1),
                        "SELECT a AS x FROM t WHERE 1 = 0",
                        NO_ROW),
                wrong(
                        "a comparison with a CASE that may have no branch fails an assertion of the planner",
                        "a SMALLINT, b BOOLEAN, c SMALLINT",
                        row((short) 1, true, (short) 0),
                        "SELECT 1 AS x FROM t WHERE CASE WHEN CAST(NULL AS BOOLEAN) THEN a WHEN CAST(NULL AS BOOLEAN)"
                                + " THEN CAST(NULL AS SMALLINT) END > c",
                        NO_ROW),
                wrong(
                        "a REAL literal is not rounded to one",
                        "a INT",
                        row(1),
                        "SELECT CAST(CAST(0.1e0 AS REAL) AS DOUBLE) AS x FROM t",
                        (double) 0.1f),
                wrong(
                        "the text of a number is read as a timestamp in milliseconds",
                        "a BIGINT",
                        row(3L),
                        "SELECT CAST(CAST(a AS VARCHAR) AS TIMESTAMP) IS NULL AS x FROM t",
                        NO_ROW),
                wrong(
                        "a cast to DECIMAL does not check its digits unless it is written out",
                        "a DECIMAL(12, 3)",
                        row(new java.math.BigDecimal("999999999.999")),
                        "SELECT CAST(CAST(ROUND(a, 2) AS DECIMAL(12, 3)) AS DOUBLE) AS x FROM t",
                        NO_ROW),
                wrong(
                        "a sign that is taken back is not computed, and the least number not found to have no opposite",
                        "a TINYINT",
                        row((byte) -128),
                        "SELECT (- (- a)) AS x FROM t",
                        NO_ROW),
                wrong(
                        "what any pattern fits is not computed",
                        "a VARCHAR NOT NULL",
                        row("a_b"),
                        "SELECT 1 AS x FROM t WHERE CAST(CAST(a AS SMALLINT) AS VARCHAR) LIKE '%'",
                        NO_ROW),
                wrong(
                        "POSITION does not take an expression in parentheses",
                        "a VARCHAR",
                        row("xay"),
                        "SELECT POSITION(('a' || '') IN a) AS x FROM t",
                        2));
    }

    @ParameterizedTest
    @MethodSource("wrongQueries")
    void shouldStillBeWrong(Wrong wrong) {
        assertThat(given(wrong))
                .as("right at last: take it off the list")
                .isNotEqualTo(
                        wrong.right().isEmpty() ? "[]" : "[" + wrong.right().get(0) + "]");
    }

    private static String given(Wrong wrong) {
        try {
            SqlResult result = SqlRun.plan(
                            List.of(RelationSpec.stream("t", wrong.columns())), Map.of("s", wrong.query()))
                    .run(List.<Input>of(Input.row("t", wrong.row())));
            return result.step("s").records().stream()
                    .map(record -> String.valueOf(record.value()[0]))
                    .toList()
                    .toString();
        } catch (InvalidDocumentException | RuntimeException | AssertionError e) {
            return "cannot be run: " + e;
        }
    }
}
