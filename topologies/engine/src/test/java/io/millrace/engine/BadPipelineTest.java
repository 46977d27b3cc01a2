package io.millrace.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.document.Connection;
import io.millrace.document.Documents;
import io.millrace.document.InvalidDocumentException;
import io.millrace.document.Location;
import io.millrace.document.Pipeline;
import io.millrace.engine.plan.PipelinePlanner;
import io.millrace.engine.plan.PlanOptions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BadPipelineTest {

    private static final Location NOWHERE = new Location("built-in", 1, 1);
    private static final List<Connection> CONNECTIONS =
            List.of(new Connection("lake", NOWHERE, "s3", Map.of("bucket", "millrace")));
    private static final String SOURCE = String.join(
            "\n",
            "apiVersion: millrace/v1",
            "kind: Pipeline",
            "metadata: {name: p}",
            "spec:",
            "  sources:",
            "    flights: {connector: s3, connection: lake, columns: 'origin STRING, delay INT', config: {prefix: f/}}",
            "  steps:",
            "");

    @Test
    void shouldPlaceAnUnknownColumnInTheFileWithTheNearestName() {
        assertThat(problems(SOURCE + "    late: |\n      SELECT origin,\n        dealy\n      FROM flights\n"))
                .isEqualTo("p.yaml:10:9: Column 'dealy' not found in any table (did you mean 'delay'?)");
    }

    @Test
    void shouldPlaceATypeErrorInTheFile() {
        assertThat(problems(SOURCE + "    late: |\n      SELECT origin, delay + DATE '2001-01-01' AS d FROM flights\n"))
                .startsWith("p.yaml:9:22: Cannot apply '+'");
    }

    @Test
    void shouldRefuseWhatLooksBeyondItsRow() {
        assertThat(problems(
                        SOURCE + "    n: SELECT origin, ROW_NUMBER() OVER (PARTITION BY origin) AS n FROM flights\n"))
                .startsWith("p.yaml:8:")
                .contains("OVER goes by event time");
        assertThat(problems(SOURCE + "    n: SELECT origin, (SELECT delay FROM flights) AS m FROM flights\n"))
                .startsWith("p.yaml:8:")
                .contains("stands for a value is an aggregate");
        assertThat(
                        problems(
                                SOURCE
                                        + "    n: SELECT origin FROM flights AS f WHERE EXISTS (SELECT 1 FROM flights AS g WHERE f.origin = g.origin)\n"))
                .startsWith("p.yaml:8:")
                .contains("unless its ON bounds their event times");
        assertThat(
                        problems(
                                SOURCE
                                        + "    n: SELECT origin FROM flights AS f WHERE EXISTS (SELECT MAX(delay) FROM flights AS g WHERE f.origin = g.origin)\n"))
                .startsWith("p.yaml:8:")
                .contains("always has a row");
        assertThat(
                        problems(
                                SOURCE
                                        + "    n: SELECT origin FROM flights AS f WHERE delay IN (SELECT MAX(delay) FROM flights AS g WHERE f.origin = g.origin)\n"))
                .startsWith("p.yaml:8:")
                .contains("in its WHERE alone");
    }

    @Test
    void shouldRefuseAStatementThatIsNoQuery() {
        assertThat(problems(SOURCE + "    n: DELETE FROM flights\n"))
                .startsWith("p.yaml:8:")
                .contains("A step is a query");
    }

    @Test
    void shouldNameTheCircleOfSteps() {
        assertThat(problems(SOURCE + "    a: SELECT * FROM b\n    b: SELECT * FROM a\n"))
                .isEqualTo("p.yaml:8:5: These steps read each other in a circle: a reads b reads a "
                        + "(a step reads sources and steps that do not depend on it)");
    }

    @Test
    void shouldNameTheMissingConnection() {
        assertThat(problems(SOURCE.replace("connection: lake", "connection: lakes") + "    a: SELECT * FROM flights\n"))
                .isEqualTo("p.yaml:6:42: There is no connection 'lakes' (did you mean 'lake'?)");
    }

    @Test
    void shouldReportAnUnknownKeyOfTheDocument() {
        assertThat(problems(SOURCE.replace("config:", "confg:") + "    a: SELECT * FROM flights\n"))
                .endsWith("'confg' is not a key of the source 'flights' (did you mean 'config'?)");
    }

    @Test
    void shouldSayOnceWhatIsWrongWithAStepThatOthersRead() {
        assertThat(problems(SOURCE + "    a: SELECT dealy FROM flights\n    b: SELECT * FROM a\n"))
                .isEqualTo("p.yaml:8:15: Column 'dealy' not found in any table (did you mean 'delay'?)");
    }

    @Test
    void shouldSayHowAKeywordIsWrittenAsAColumn() {
        assertThat(problems(SOURCE + "    a: SELECT UPPER(date) AS d FROM flights\n"))
                .startsWith("p.yaml:8:21: The SQL cannot be read")
                .endsWith("(a column with the name of a keyword is written in double quotes)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"' '", "'-- SELECT later'", "'/* nothing yet */ -- at all'", "'/* never'"})
    void shouldRefuseAStepWithoutAQuery(String sql) {
        assertThat(problems(SOURCE + "    a: " + sql + "\n"))
                .startsWith("p.yaml:8:")
                .endsWith("The SQL is empty, or only a comment");
    }

    @Test
    void shouldRefuseSqlThatIsNestedWithoutEnd() {
        String nested = "(".repeat(100_000) + "delay" + ")".repeat(100_000);
        assertThat(problems(SOURCE + "    a: SELECT " + nested + " AS d FROM flights\n"))
                .isEqualTo("p.yaml:8:8: The SQL is nested too deeply to be read");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '#', textBlock = """
            SELECT origin FROM flights ORDER BY delay # 37 # ORDER BY goes with LIMIT
            SELECT origin FROM flights LIMIT 3 # 34 # LIMIT without ORDER BY
            SELECT f.origin FROM flights f JOIN flights g ON f.origin = g.origin # 32 # A join of two streams
            SELECT f.origin FROM flights f FULL JOIN flights g ON f.origin = g.origin # 37 # A join of two streams
            SELECT origin, ROW_NUMBER() OVER (PARTITION BY origin) AS n FROM flights # 16 # OVER goes by event time
            SELECT origin, 1 + LAG(delay) OVER (ORDER BY delay) AS n FROM flights # 20 # OVER goes by event time
            SELECT origin FROM TABLE(TUMBLE(TABLE flights, DESCRIPTOR(delay), INTERVAL '1' HOUR)) # 26 # Cannot apply 'TUMBLE'
            SELECT delay, JSON_VALUE(origin, '$.a' RETURNING DATE) AS d FROM flights # 15 # JSON_VALUE returns
            SELECT COUNT(*) AS n, JSON_OBJECTAGG(origin: delay) AS o FROM flights GROUP BY origin # 71 # JSON_OBJECTAGG
            DELETE FROM flights # 1 # A step is a query
            """)
    void shouldPlaceWhatIsRefusedAtItsClause(String sql, int column, String message) {
        String problem = problems(SOURCE + "    n: " + (sql.contains(": ") ? "|\n       " + sql : sql) + "\n");
        boolean isBlock = sql.contains(": ");
        int line = isBlock ? 9 : 8;
        assertThat(problem)
                .startsWith("p.yaml:" + line + ":" + (7 + Math.max(1, column)) + ": ")
                .contains(message);
    }

    @Test
    void shouldPlaceWhatIsWrongInAFoldedBlock() {
        assertThat(problems(
                        SOURCE + "    late: >\n      SELECT origin,\n        UPPER(dealy) AS d\n      FROM flights\n"))
                .isEqualTo("p.yaml:10:15: Column 'dealy' not found in any table (did you mean 'delay'?)");
    }

    private static String problems(String yaml) {
        InvalidDocumentException problems = catchThrowableOfType(InvalidDocumentException.class, () -> {
            Pipeline pipeline = Documents.read("p.yaml", yaml).pipelines().get(0);
            PipelinePlanner.plan(pipeline, CONNECTIONS, PlanOptions.DEFAULT);
        });
        assertThat(problems).isNotNull();
        return problems.getMessage();
    }
}
