package io.millrace.engine.differential;

import static io.millrace.engine.differential.OneRowQuery.NO_ROW;
import static io.millrace.engine.differential.OneRowQuery.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Nulls in conditionals and conditions, and what a conditional keeps from being computed. */
final class NullsTest {

    private static Arguments query(String name, String columns, Object[] row, String query, List<Object> values) {
        return Arguments.of(new OneRowQuery(name, columns, row, query), values);
    }

    static Stream<Arguments> queries() {
        Object[] oneNull = {null};
        return Stream.of(
                query(
                        "a null from COALESCE equals nothing in the condition of a CASE",
                        "a INT, b INT",
                        row(null, null),
                        "SELECT CASE WHEN COALESCE(a, b) = 0 THEN 'zero' ELSE 'other' END AS x FROM t",
                        List.of("other")),
                query(
                        "a null that COALESCE replaces is replaced in NULLIF",
                        "a DOUBLE",
                        oneNull,
                        "SELECT NULLIF(COALESCE(a, 4.25e0), 0) AS x FROM t",
                        List.of(4.25)),
                query(
                        "a null from COALESCE is unknown in WHERE",
                        "a REAL",
                        oneNull,
                        "SELECT 1 AS x FROM t WHERE CAST(5e0 AS REAL) <> COALESCE(a, a + CAST(1e0 AS REAL))",
                        NO_ROW),
                query(
                        "a CASE that is NOT BETWEEN a number and NULL is unknown",
                        "a DECIMAL(12, 3), b INT",
                        row(new BigDecimal("0.041"), null),
                        "SELECT 1 AS x FROM t WHERE CASE WHEN COALESCE(b, -2) = 0 THEN -3.110 ELSE 4.990 END"
                                + " NOT BETWEEN a AND CAST(NULL AS DECIMAL(12, 3))",
                        NO_ROW),
                query(
                        "a unit of time stands in two branches of a COALESCE",
                        "a TIMESTAMP, b TIMESTAMP",
                        row(null, 0L),
                        "SELECT COALESCE(EXTRACT(MONTH FROM a), EXTRACT(MONTH FROM b)) + EXTRACT(MONTH FROM b) AS x FROM t",
                        List.of(2L)),
                query(
                        "a side of TRIM stands in two branches of a CASE",
                        "a VARCHAR, b VARCHAR",
                        row(null, " b "),
                        "SELECT COALESCE(TRIM(LEADING ' ' FROM a), TRIM(LEADING ' ' FROM b)) AS x FROM t",
                        List.of("b ")),
                query(
                        "a CASE without ELSE of which no condition is true is null beside a column",
                        "a SMALLINT, b BOOLEAN, c SMALLINT",
                        row((short) 1, true, (short) 0),
                        "SELECT 1 AS x FROM t WHERE CASE WHEN CAST(NULL AS BOOLEAN) THEN a WHEN CAST(NULL AS BOOLEAN)"
                                + " THEN CAST(NULL AS SMALLINT) END > c",
                        NO_ROW),
                query(
                        "what a CASE of conditions keeps from being computed is not",
                        "a INT",
                        row(Integer.MAX_VALUE),
                        "SELECT CASE WHEN a < 1000 THEN a * a > 100 ELSE FALSE END AS x FROM t",
                        List.of(false)),
                query(
                        "what a CASE in WHERE keeps from being computed is not",
                        "a INT",
                        row(0),
                        "SELECT a AS x FROM t WHERE CASE WHEN a = 0 THEN TRUE ELSE 1 / a > 0 END",
                        List.of(0)),
                query(
                        "what JSON_VALUE does without a value stands in two branches of a COALESCE",
                        "a VARCHAR, b VARCHAR",
                        row(null, "{}"),
                        "SELECT COALESCE(JSON_VALUE(a, 'lax $.x' DEFAULT 'a' ON EMPTY), JSON_VALUE(b, 'lax $.x' DEFAULT a ON EMPTY),"
                                + " JSON_VALUE(b, 'lax $.x' DEFAULT b ON EMPTY)) AS x FROM t",
                        List.of("{}")),
                query(
                        "a COALESCE of what is never null is that",
                        "a INT NOT NULL, b INT",
                        row(7, null),
                        "SELECT CASE WHEN a IS NULL THEN b WHEN NULL THEN 1 WHEN a IS NOT NULL THEN COALESCE(a, b) END AS x FROM t",
                        List.of(7)),
                query(
                        "a COALESCE of what is never null is a condition",
                        "a BOOLEAN NOT NULL, b BOOLEAN",
                        row(true, null),
                        "SELECT 1 AS x FROM t WHERE CASE WHEN a IS NOT NULL THEN a ELSE b END",
                        List.of(1)),
                query(
                        "NOT IN a list with NULL is unknown",
                        "a INT",
                        row(1),
                        "SELECT a NOT IN (2, 3, NULL) AS x FROM t",
                        Collections.singletonList(null)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("queries")
    void shouldGive(OneRowQuery query, List<Object> values) throws Exception {
        assertThat(query.values()).isEqualTo(values);
    }

    @Test
    void shouldKeepFromBeingComputedWhatIsBesideAJoinOfTwoTypes() throws Exception {
        // Given
        String query =
                "SELECT k, l, c FROM (SELECT k, CASE WHEN a < 1000 THEN a * a > 100 ELSE FALSE END AS c FROM s) AS s"
                        + " JOIN t ON s.k = t.l";

        // When
        SqlResult result = SqlRun.plan(
                        List.of(
                                RelationSpec.stream("s", "k INT NOT NULL, a INT"),
                                RelationSpec.table("t", "l BIGINT NOT NULL, b INT", "l")),
                        Map.of("x", query))
                .run(List.of(Input.row("t", 1L, 0), Input.row("s", 1, Integer.MAX_VALUE)));

        // Then
        assertThat(result.quarantine()).isEmpty();
        assertThat(result.step("x").records()).hasSize(1);
    }

    @Test
    void shouldHaveNoRowsWhereTheConditionIsNeverTrue() throws Exception {
        for (String condition : List.of("1 = 0", "FALSE", "NULL", "a = NULL", "a IS NULL", "a > 1 AND a < 1")) {
            OneRowQuery query =
                    new OneRowQuery(condition, "a INT NOT NULL", row(1), "SELECT a AS x FROM t WHERE " + condition);
            assertThat(query.values()).as(condition).isEmpty();
        }
    }
}
