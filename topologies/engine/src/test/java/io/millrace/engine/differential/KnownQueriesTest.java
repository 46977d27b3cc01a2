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
        return Stream.of(
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
                        NO_ROW));
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
