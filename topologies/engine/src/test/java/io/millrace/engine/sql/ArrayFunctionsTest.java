package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Functions and comparisons over the elements of arrays. */
final class ArrayFunctionsTest {

    @Test
    void shouldOrderElementsAsValuesAreOrdered() {
        assertThat(Evaluation.of("SORT_ARRAY(ARRAY['\uD83D\uDE00', '\uFFFD', s])"))
                .isEqualTo("['text', '\uFFFD', '\uD83D\uDE00']");
        assertThat(Evaluation.of("SORT_ARRAY(ARRAY[i, 1, NULL, z], FALSE)"))
                .isEqualTo("[" + Integer.MAX_VALUE + ", 1, 0, NULL]");
        assertThat(Evaluation.of("ARRAY_MAX(ARRAY[s, '\uFFFD', '\uD83D\uDE00', n])"))
                .isEqualTo("'\uD83D\uDE00'");
        assertThat(Evaluation.of("ARRAY_MIN(ARRAY[d, CAST('NaN' AS DOUBLE)])")).isEqualTo("2.5");
        assertThat(Evaluation.of("ARRAY_MAX(ARRAY[d, CAST('NaN' AS DOUBLE)])")).isEqualTo("NaN");
        assertThat(Evaluation.of("ARRAY_MIN(CAST(NULL AS INTEGER ARRAY))")).isEqualTo("NULL");
        assertThat(Evaluation.of("STRCMP('\uD83D\uDE00', '\uFFFD')")).isEqualTo("1");
    }

    @Test
    void shouldCompareWithElementsAsValuesAreCompared() {
        assertThat(Evaluation.of("'\uFFFD' < ANY (ARRAY[s, '\uD83D\uDE00'])")).isEqualTo("true");
        assertThat(Evaluation.of("'\uFFFD' > ALL (ARRAY[s, '\uD83D\uDE00'])")).isEqualTo("false");
        assertThat(Evaluation.of("'\uFFFD' < SOME (ARRAY[s, n])")).isEqualTo("NULL");
        assertThat(Evaluation.of("CAST('ffffffff-0000-0000-0000-000000000000' AS UUID)"
                        + " > ALL (ARRAY[CAST('00000000-0000-0000-0000-00000000000' || z AS UUID)])"))
                .isEqualTo("true");
        assertThat(Evaluation.of("i = ANY (ARRAY[d, CAST('NaN' AS DOUBLE), 2147483647e0])"))
                .isEqualTo("true");
        assertThat(Evaluation.of("CAST(CAST('NaN' AS DOUBLE) AS REAL) = ANY (ARRAY[d, CAST('NaN' AS DOUBLE)])"))
                .isEqualTo("true");
    }

    @Test
    void shouldCompareALiteralWithTheTextsOfAnArray() {
        assertThat(Evaluation.of("'text' = ANY (ARRAY[n, s])")).isEqualTo("true");
        assertThat(Evaluation.of("'text' <> ALL (ARRAY[n, s])")).isEqualTo("false");
        assertThat(Evaluation.of("'text' = ANY (CAST(NULL AS VARCHAR ARRAY))")).isEqualTo("NULL");
        assertThat(Evaluation.of("CAST(s AS CHAR(5)) = ANY (ARRAY[s])")).isEqualTo("false");
        assertThat(Evaluation.of("n = ANY (ARRAY['text'])")).isEqualTo("NULL");
    }
}
