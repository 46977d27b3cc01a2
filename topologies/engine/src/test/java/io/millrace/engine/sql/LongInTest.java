package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A long IN against the comparisons that it stands for. */
final class LongInTest {

    /** Each {@code #} of {@code value} and {@code literal} is a number of 0 to 19. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CAST(CAST('#.5' AS DOUBLE) AS REAL) | #.5",
                "CAST('-#' AS DOUBLE) | -#",
                "CAST('#.50' AS DECIMAL(10, 2)) | #.5",
                "CAST('#.00' AS DECIMAL(10, 2)) | #",
                "CAST('#' AS BIGINT) | #.0",
                "DATE '2020-01-01' + INTERVAL '1' DAY * CAST('#' AS INTEGER) | DATE '2020-01-0#'",
                "TIME '00:00:00' + INTERVAL '1' MINUTE * CAST('#' AS INTEGER) | TIME '00:0#:00'",
                "TIMESTAMP '2020-01-01 00:00:00' + INTERVAL '1' HOUR * CAST('#' AS INTEGER)"
                        + " | TIMESTAMP '2020-01-01 0#:00:00'",
                "CAST('#' AS VARCHAR) | '#'"
            })
    void shouldFindWhatComparisonsFind(String value, String literal) {
        // Given
        List<String> literals = IntStream.range(0, 20)
                .mapToObj(i -> literal.replace("0#", i < 10 ? "0#" : "#").replace("#", String.valueOf(i)))
                .filter(text -> !text.contains("2020-01-00"))
                .toList();
        String all = literals.stream().collect(Collectors.joining(", ", "(", ")"));

        for (int i : List.of(0, 7, 19, 20)) {
            String found = value.replace("#", String.valueOf(i));

            // When
            String comparisons = literals.stream()
                    .map(text -> Evaluation.of(found + " = " + text))
                    .filter("true"::equals)
                    .findAny()
                    .orElse("false");

            // Then
            assertThat(Evaluation.of(found + " IN " + all)).isEqualTo(comparisons);
            assertThat(Evaluation.of("NOT (" + found + " NOT IN " + all + ")")).isEqualTo(comparisons);
        }
    }
}
