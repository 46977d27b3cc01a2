package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
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
        assertThat(Evaluation.of("SORT_ARRAY(NULL) IS NULL")).isEqualTo("true");
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

    @Test
    void shouldSeeColumnsWithinALambda() {
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[1, 2], x -> x > z)")).isEqualTo("true");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[1, 2], x -> x > t.i OR x < z)"))
                .isEqualTo("false");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[1, NULL], x -> x > i)")).isEqualTo("NULL");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY['a', 'text'], x -> x || n = s OR x = s)"))
                .isEqualTo("true");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[1, CAST('NaN' AS DOUBLE)], x -> x > d)"))
                .isEqualTo("true");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[2], captured0 -> captured0 > z AND captured0 < i)"))
                .isEqualTo("true");
        assertThat(Evaluation.of("\"EXISTS\"(CAST(NULL AS INTEGER ARRAY), x -> x = z)"))
                .isEqualTo("NULL");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[z], x -> x = i) OR \"EXISTS\"(ARRAY[z], y -> y = z)"))
                .isEqualTo("true");
        assertThat(Evaluation.of("\"EXISTS\"(ARRAY[ARRAY[1], ARRAY[0, 5]], x -> \"EXISTS\"(x, x -> x > z + 4))"))
                .isEqualTo("true");
        assertThatThrownBy(() -> Evaluation.of("\"EXISTS\"(ARRAY[i], x -> x + 1 > z)"))
                .isInstanceOf(ArithmeticException.class);
    }

    @Test
    void shouldSayWhatIsWrongWithALambda() {
        assertThatThrownBy(() -> Evaluation.of("\"EXISTS\"(ARRAY[1], x -> x > nowhere)"))
                .hasMessageContaining("test:1:36: Column 'nowhere' not found");
        assertThatThrownBy(() -> Evaluation.of("\"EXISTS\"(ARRAY[1], x -> x + z)"))
                .hasMessageContaining("Supported form(s): EXISTS(<ARRAY>");
        assertThatThrownBy(() -> Evaluation.of("\"EXISTS\"(i, x -> x > z)"))
                .hasMessageContaining("Supported form(s): EXISTS(<ARRAY>");
        assertThatThrownBy(() ->
                        Evaluation.of("\"EXISTS\"(ARRAY[ARRAY[1]], x -> \"EXISTS\"(x, y -> y > CARDINALITY(x) + z))"))
                .hasMessageContaining("A lambda within another");
    }

    @Test
    void shouldTakeAnyNameForTheParameterOfALambda() {
        // The name of a parameter must not become Java.
        for (String name : List.of("class", "ROOT", "row", "a) { throw new Error(); } void b(Object c")) {
            assertThat(Evaluation.of("\"EXISTS\"(ARRAY[1, 2], \"%s\" -> \"%s\" > 1)".formatted(name, name)))
                    .isEqualTo("true");
        }
    }
}
