package io.millrace.engine.sql.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TextComparisonsTest {

    /** Halves of pairs among them, which no text of a topic has. */
    private static final List<String> PARTS = List.of(
            "", "a", "\uD7FF", "\uD83D", "\uD83D\uDE00", "\uD83D\uDE01", "\uDE00", "\uE000", "\uFFFF", "\uDBFF\uDFFF");

    @Test
    void shouldCompareByCodePoint() {
        for (String first : PARTS) {
            for (String second : PARTS) {
                for (String third : PARTS) {
                    for (String fourth : PARTS) {
                        // Given
                        String left = first + second;
                        String right = third + fourth;

                        // When
                        int order = TextComparisons.sign(left, right);

                        // Then
                        assertThat(order)
                                .isEqualTo(Integer.signum(java.util.Arrays.compare(
                                        left.codePoints().toArray(),
                                        right.codePoints().toArray())));
                    }
                }
            }
        }
    }

    @Test
    void shouldSortArraysInTheSameOrderAndNotInTheirPlace() {
        // Given
        List<String> texts = List.of("\uD83D\uDE00", "\uFFFD", "a");

        // When
        List<Object> sorted = Elements.sorted(texts, false);

        // Then
        assertThat(sorted).containsExactly("\uD83D\uDE00", "\uFFFD", "a");
        assertThat(Elements.greatest(texts)).isEqualTo("\uD83D\uDE00");
        assertThat(Elements.least(java.util.Arrays.asList(1.0, null, Double.NaN, -0.0, 0.0)))
                .isEqualTo(-0.0);
        assertThat(Elements.greatest(List.of(1.0, Double.NaN))).isEqualTo(Double.NaN);
    }
}
