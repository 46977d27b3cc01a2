package io.millrace.engine.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.document.Location;
import io.millrace.document.Problem;
import io.millrace.document.Text;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.sql.type.SqlTypeName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of queries that cannot be read. */
final class SqlErrorsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT i FROM t ORDER BY i FETCH FIRST 3 ROWS WITH TIES | 1 | 47",
                "SELECT i FROM t ORDER BY i LIMIT 3 with  ties | 1 | 36",
                "SELECT i FROM (SELECT i FROM t ORDER BY i FETCH FIRST ROW WITH TIES) | 1 | 55",
                "SELECT i FROM t;ORDER BY i;OFFSET 1 ROWS FETCH NEXT 3 ROWS WITH;TIES | 3 | 33"
            })
    void shouldSayWhatToWriteForWithTies(String query, int line, int column) {
        // When
        List<Problem> problems = problems(query.replace(';', '\n'));

        // Then
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).location()).isEqualTo(new Location("test", line, column));
        assertThat(problems.get(0).message()).contains("no WITH TIES", "RANK() OVER (ORDER BY …) AS place");
        assertThat(problems("SELECT i FROM (SELECT i, RANK() OVER (ORDER BY i) AS place FROM t) WHERE place <= 3"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"SELECT i FROM t ORDER BY i FETCH FIRST 3 ROWS WITH", "SELECT i FROM t WITH t AS (x)"})
    void shouldSayNothingOfTiesElsewhere(String query) {
        assertThat(problems(query))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message()).doesNotContain("TIES").contains("cannot be read at"));
    }

    @Test
    void shouldSayWhichNameOfAWindowsTableIsAKeyword() {
        assertThat(problems("SELECT i FROM TUMBLE(TABLE minute, DESCRIPTOR(i), INTERVAL '1' MINUTE)"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).startsWith("'minute' is a keyword"));
    }

    @Test
    void shouldSayHowToTellTheColumnsOfTwoWindowsApart() {
        assertThat(problems("SELECT window_end FROM (SELECT ts, i AS window_end FROM t) AS s,"
                        + " TABLE(TUMBLE(TABLE t, DESCRIPTOR(ts), INTERVAL '1' MINUTE))"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.hint()).contains("select that under another, window_end AS"));
    }

    private static List<Problem> problems(String query) {
        SqlPlanner planner = new SqlPlanner();
        planner.define(
                "t",
                SqlDialect.types()
                        .builder()
                        .add("i", SqlTypeName.INTEGER)
                        .add("ts", SqlTypeName.TIMESTAMP)
                        .build());
        AtomicInteger number = new AtomicInteger();
        List<Location> lines = query.lines()
                .map(line -> number.incrementAndGet())
                .map(line -> new Location("test", line, 1))
                .toList();
        return planner.query(new Text(query, lines)).problems();
    }
}
